namespace LoanRisk.Tests.Reports.Pdf;

/// <summary>Names that lenders have.</summary>
internal static class Names
{
    public const string Greek = "Τράπεζα Χορηγήσεων Ώρα ΑΕ";
    public const string Polish = "Spółka pożyczkowa „Zażółć gęślą jaźń”, Łódź";
    public const string Czech = "Příliš žluťoučký kůň, účetní družstvo";
    public const string Cyrillic = "Кредитный союз «Надежда», Україна ґ є ї";

    // An Islamic bank grants a loan: an alef melts into the lam before it, and a letter has a mark.
    public const string Arabic = "مصرف الإسلامي يمنح قرضًا";

    public static TheoryData<string> LeftToRight => [Greek, Polish, Czech, Cyrillic, "漢字 銀行", "😀 Ω Ω ≥ −5"];

    public static IEnumerable<string> All => LeftToRight.Select(row => row.Data).Append(Arabic);
}
