using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Hosting;

/// <summary>A property or field that a feature may be read from.</summary>
internal sealed class RowMember
{
    private readonly MemberInfo _member;

    private RowMember(MemberInfo member, Type type) => (_member, Type) = (member, type);

    /// <summary>What it holds.</summary>
    public Type Type { get; }

    /// <summary>Its name in the code.</summary>
    public string Name => _member.Name;

    /// <summary>The feature that ML.NET's [ColumnName] says it is; null where there is none.</summary>
    public string? ColumnName => _member.GetCustomAttributesData()
        .FirstOrDefault(attribute => attribute.AttributeType == typeof(ColumnNameAttribute))?.ConstructorArguments[0].Value as string;

    /// <summary>The public ones of a type.</summary>
    public static IReadOnlyList<RowMember> Of(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => new RowMember(property, property.PropertyType)),
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public).Select(field => new RowMember(field, field.FieldType)),
    ];

    /// <summary>Reads it from a row.</summary>
    public Expression From(Expression row) => Expression.MakeMemberAccess(row, _member);

    /// <summary>Whether it is meant for a feature: by [ColumnName], or by its name but for case and underscores.</summary>
    public bool IsFor(string feature) => ColumnName is { } column ? column == feature : Plain(Name) == Plain(feature);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
