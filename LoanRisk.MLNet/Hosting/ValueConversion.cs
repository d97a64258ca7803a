using System.Linq.Expressions;

namespace LoanRisk.MLNet.Hosting;

/// <summary>How the value of a property becomes the value of a feature.</summary>
/// <param name="owner">The property's type.</param>
/// <param name="feature">The feature.</param>
/// <param name="member">The property.</param>
/// <param name="levels">The feature's levels; null where the model knows none.</param>
internal sealed class ValueConversion(Type owner, string feature, RowMember member, FeatureLevels? levels)
{
    private static readonly HashSet<Type> Numbers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal),
    ];

    /// <summary>The conversion; null becomes NaN, which is missing.</summary>
    /// <exception cref="TreeModelException">The type cannot be one of the feature's values.</exception>
    public Expression ToDouble(Expression value) =>
        Nullable.GetUnderlyingType(member.Type) is { } inner
            ? Expression.Condition(
                Expression.Property(value, "HasValue"), Of(inner, Expression.Property(value, "Value")), Expression.Constant(double.NaN))
            : Of(member.Type, value);

    private Expression Of(Type type, Expression value) =>
        type == typeof(string) ? OfText(value)
        : type == typeof(bool) ? OfBool(value)
        : type.IsEnum ? OfEnum(type, value)
        : Numbers.Contains(type) ? OfNumber(value)
        : throw Wrong("numbers, bool, enums, string, and those that may be null");

    private MethodCallExpression OfText(Expression value) => levels is null
        ? throw Wrong("numbers, bool and enums: the model knows no levels of the feature. Give them with WithLevels")
        : Expression.Call(Expression.Constant(levels), nameof(FeatureLevels.CodeOf), null, value);

    private ConditionalExpression OfBool(Expression value)
    {
        var (yes, no) = levels is null ? (1, 0) : (CodeOfBool("true", "1"), CodeOfBool("false", "0"));
        return Expression.Condition(value, Expression.Constant(yes), Expression.Constant(no));
    }

    private double CodeOfBool(params string[] spellings) =>
        spellings.Select(levels!.Find).FirstOrDefault(level => level is not null) is { } level
            ? levels.CodeOf(level)
            : throw Wrong($"text and enums of its levels, {levels}");

    private Expression OfEnum(Type type, Expression value)
    {
        if (levels is null)
        {
            return Expression.Convert(Expression.Convert(value, Enum.GetUnderlyingType(type)), typeof(double));
        }

        var codes = new Dictionary<long, double>();
        foreach (var name in Enum.GetNames(type))
        {
            var level = levels.Find(name) ?? throw Wrong($"levels of the feature, {levels}: {type.Name}.{name} is none of them");
            codes[Convert.ToInt64(Enum.Parse(type, name))] = levels.CodeOf(level);
        }

        return Expression.Call(
            Expression.Constant(levels), nameof(FeatureLevels.CodeOf), null, Expression.Convert(value, typeof(long)),
            Expression.Constant(codes, typeof(IReadOnlyDictionary<long, double>)));
    }

    private Expression OfNumber(Expression value)
    {
        var number = Expression.Convert(value, typeof(double));
        return levels is null ? number
            : levels.Numbers() is { } numbers ? Expression.Call(
                Expression.Constant(levels), nameof(FeatureLevels.CodeOf), null, number,
                Expression.Constant(numbers, typeof(IReadOnlyDictionary<double, double>)))
            : throw Wrong($"text and enums of its levels, {levels}");
    }

    private TreeModelException Wrong(string allowed) => new(
        $"{owner.Name}.{member.Name} is {(Nullable.GetUnderlyingType(member.Type) ?? member.Type).Name}, which the feature {feature} "
            + $"cannot be read from. Allowed are {allowed}.");
}
