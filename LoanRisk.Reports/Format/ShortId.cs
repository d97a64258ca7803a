namespace LoanRisk.Reports.Format;

/// <summary>Long ids and hashes shortened for the eye; on a page the whole id stands in a title or link.</summary>
public static class ShortId
{
    /// <summary>Characters that are shown, everywhere as many: one may be copied from a page to the console.</summary>
    public const int Length = 12;

    /// <summary>The first characters.</summary>
    public static string Of(string id) => id.Length <= Length ? id : id[..Length];
}
