namespace LoanRisk.Web.Texts;

/// <summary>Texts of bounded length: what was sent must not come back a thousandfold.</summary>
internal static class ShortText
{
    /// <summary>The text, or its beginning with an ellipsis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters the result may have.</param>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
