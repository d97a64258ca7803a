using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Init;

/// <summary>Tells a line of values from a line of names.</summary>
internal static class HeaderGuess
{
    private const double FewestLikeValues = 0.5;

    private const int MostShown = 4;

    /// <summary>Refuses a file whose first line looks like the lines below it.</summary>
    /// <exception cref="InvalidOptionException">At least half of the names read as numbers or dates, or stand among the values of their
    /// column.</exception>
    public static void RequireNames(string path, IReadOnlyList<TextColumn> columns)
    {
        var named = columns.Where(c => c.Name.Length > 0).ToList();
        var values = named.Where(c => LooksLikeValue(c)).ToList();
        if (values.Count > 0 && values.Count >= FewestLikeValues * named.Count)
        {
            throw new InvalidOptionException(
                $"{path}, line 1 looks like values ({string.Join(", ", values.Take(MostShown).Select(c => c.Name))}), not like names. "
                + "Put a line before it that names the columns.");
        }
    }

    private static bool LooksLikeValue(TextColumn column) =>
        WrittenNumbers.IsOne(column.Name)
            || new DateColumn("", "", "yyyy-MM-dd").Read(column.Name) is not null
            || column.Values.Any(v => v.Text == column.Name);
}
