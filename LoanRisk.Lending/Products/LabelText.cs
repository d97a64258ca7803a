namespace LoanRisk.Lending.Products;

/// <summary>Labels within a sentence.</summary>
public static class LabelText
{
    /// <summary>A label as it stands inside a sentence: its first letter is small, unless the second is a capital too, as in DTI.</summary>
    public static string InSentence(string label) =>
        char.IsUpper(label, 0) && label.Length > 1 && char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
}
