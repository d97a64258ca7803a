using System.Linq.Expressions;

namespace LoanRisk.MLNet.Hosting;

/// <summary>Makes feature rows of a program's own type.</summary>
internal sealed class RowReader<TIn>
{
    private readonly Func<TIn, double>[] _features;

    private RowReader(Func<TIn, double>[] features) => _features = features;

    /// <summary>Finds a property for every feature.</summary>
    /// <exception cref="TreeModelException">One is missing, or of a type that the feature cannot be read from.</exception>
    public static RowReader<TIn> For(ServedModel model)
    {
        var members = RowMember.Of(typeof(TIn));
        return new RowReader<TIn>(
            [.. model.Trees.FeatureNames.Select(name => Reader(name, members, model.Levels.GetValueOrDefault(name)))]);
    }

    /// <summary>Fills a feature row.</summary>
    public void Read(TIn row, Span<double> features)
    {
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = _features[i](row);
        }
    }

    private static Func<TIn, double> Reader(string feature, IReadOnlyList<RowMember> members, FeatureLevels? levels)
    {
        var found = members.Where(member => member.IsFor(feature)).ToList();
        if (found is not [var member])
        {
            throw new TreeModelException(found.Count == 0
                ? $"{typeof(TIn).Name} has no property for the feature {feature}. It has {string.Join(", ", members.Select(m => m.Name))}; "
                  + "a property is for a feature when their names are the same but for case and underscores, or by [ColumnName]."
                : $"{typeof(TIn).Name} has {found.Count} properties for the feature {feature}: "
                    + $"{string.Join(", ", found.Select(m => m.Name))}.");
        }

        var row = Expression.Parameter(typeof(TIn), "row");
        var value = new ValueConversion(typeof(TIn), feature, member, levels).ToDouble(member.From(row));
        return Expression.Lambda<Func<TIn, double>>(value, row).Compile();
    }
}
