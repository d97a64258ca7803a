using LoanRisk.Trees.Text;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    /// <summary>
    /// Reads LightGBM's text format, version 4. All that scoring relies on is checked here, in time and memory that grow
    /// with the text alone. Linear trees and older versions are refused.
    /// </summary>
    /// <exception cref="ModelFormatException">The text is damaged; the message names line and key.</exception>
    public static TreeModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var model = ModelReader.Read(text);
        _ = model.Kernels;
        return model;
    }

    /// <summary>
    /// Writes LightGBM's text format, version 4: a text that LightGBM wrote comes back byte for byte. White space in
    /// a feature name becomes an underscore, as in LightGBM.
    /// </summary>
    /// <exception cref="InvalidOperationException">A tree is not sound, or feature names are empty or the same when written.</exception>
    public string ToText() => ModelWriter.Write(this);
}
