using LoanRisk.Lending.Products;

namespace LoanRisk.Training.Init;

/// <summary>Finds out how a column writes dates.</summary>
internal static class DateGuess
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "dd.MM.yyyy", "yyyy/MM/dd", "dd/MM/yyyy", "MM/dd/yyyy", "MMM-yyyy", "MMM-yy", "yyyy-MM", "MM/yyyy", "d MMM yyyy", "dd-MMM-yyyy", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The one format in which every value is a date; null when there is none.</summary>
    public static string? FormatOf(TextColumn column) =>
        column.Values.Count == 0 || column.Values.All(v => TextColumn.IsNumber(v.Text))
            ? null
            : Array.Find(Formats, format => column.Values.All(v => new DateColumn(column.Name, column.Name, format).Read(v.Text) is not null));
}
