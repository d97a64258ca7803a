namespace LoanRisk.Web.Wording;

/// <summary>Long ids shortened for the eye; the whole id stands in a title or link.</summary>
public static class ShortId
{
    /// <summary>The first eight characters.</summary>
    public static string Of(string id) => id.Length <= 8 ? id : id[..8];
}
