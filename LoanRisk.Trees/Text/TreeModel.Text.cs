namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    /// <summary>Reads LightGBM's text format, version 4.</summary>
    /// <exception cref="Text.ModelFormatException">The text is damaged; the message names line and key.</exception>
    public static TreeModel Parse(string text) => throw new NotImplementedException();

    /// <summary>Writes LightGBM's text format, version 4.</summary>
    public string ToText() => throw new NotImplementedException();
}
