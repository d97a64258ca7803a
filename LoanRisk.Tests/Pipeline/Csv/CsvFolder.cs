using System.Text;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Tables written as files and opened.</summary>
internal sealed class CsvFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Its path.</summary>
    public string Path => _folder.Path;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>The fields of the next row, which must be there.</summary>
    public static string[] Next(CsvSource source)
    {
        Assert.True(source.Read());
        return source.Fields;
    }

    /// <summary>Writes <c>table.csv</c> and opens it.</summary>
    public CsvSource Open(string text)
    {
        var path = _folder["table.csv"];
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return CsvSource.Open(path);
    }
}
