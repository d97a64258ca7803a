using System.Net;
using System.Text;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Web.Api;

/// <summary>Files with letters beyond ASCII, as programs and spreadsheets send them.</summary>
[Slow]
public sealed class UploadCharsetTests : IAsyncLifetime
{
    private const string Address = "/api/v1/products/attrition/data";

    private const string File = Attrition.Header + "\nMüller & Söhne,3,700,9,1\nCafé d'Or,4,800,12,0\nÅngström AB,5,900,15,0\n";

    private readonly LookupSite _lookup = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _lookup.DisposeAsync();

    [Theory]
    [InlineData("text/csv", "utf-8")]
    [InlineData("text/csv; charset=utf-8", "utf-8")]
    [InlineData("text/csv; header=present; charset=\"UTF-8\"", "utf-8")]
    [InlineData("TEXT/CSV; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("text/csv; charset=windows-1252", "windows-1252")]
    [InlineData("text/csv; charset=utf-16", "utf-16")]
    [InlineData("text/csv; charset=utf-16le", "utf-16le")]
    [InlineData("text/csv; charset=utf-16be", "utf-16be")]
    [InlineData("text/csv; charset=utf-16", "utf-16be")]
    [InlineData("text/csv; charset=utf-32", "utf-32")]
    public async Task A_file_joins_with_its_letters_in_the_charset_it_names(string type, string charset)
    {
        using var client = Open();
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] body =
        [
            .. charset.StartsWith("utf-", StringComparison.Ordinal) && type.Contains("charset=utf-16", StringComparison.Ordinal)
                ? encoding.GetPreamble()
                : [],
            .. encoding.GetBytes(File),
        ];

        var answer = await client.PostBytes(Address, body, type).Answer();

        Assert.Equal((3, 0), ((int)answer["rowsKept"]!, (int)answer["rowsRejected"]!));
        var data = _lookup.Site.Service<DataSetStore>();
        var part = Assert.Single(data.Parts(data.Latest("attrition")!));
        Assert.Contains("Müller & Söhne", await System.IO.File.ReadAllTextAsync(part, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("text/csv; charset=klingon", HttpStatusCode.UnsupportedMediaType, "klingon")]
    [InlineData("text/csv; charset=utf-7", HttpStatusCode.UnsupportedMediaType, "utf-7")]
    [InlineData("text/csv; charset=us-ascii", HttpStatusCode.BadRequest, "us-ascii")]
    public async Task A_charset_that_is_unknown_or_not_the_files_is_refused_by_name_and_nothing_joins(
        string type, HttpStatusCode status, string named)
    {
        using var client = Open();

        var problem = await client.PostBytes(Address, Encoding.UTF8.GetBytes(File), type).Problem(status);

        Assert.Contains(named, (string)problem["detail"]!);
        Assert.Null(_lookup.Site.Service<DataSetStore>().Latest("attrition"));
    }

    private HttpClient Open()
    {
        return _lookup.Site.CreateClient();
    }
}
