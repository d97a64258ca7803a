using System.Net;
using System.Net.Http.Headers;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class FormCharsetTests
{
    [Theory]
    [InlineData("utf-7", HttpStatusCode.UnsupportedMediaType)] // was a 500
    [InlineData("utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("klingon", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("\"UTF-8\"", HttpStatusCode.BadRequest)] // the token is missing
    public async Task A_form_in_another_charset_is_refused_with_a_page(string charset, HttpStatusCode status)
    {
        using var site = new TrialSite();
        using var client = site.CreateClient();
        foreach (var address in new[] { "/", "/apply/peerloan", "/apply/peerloan?handler=find", "/theme", "/models?handler=RollBack" })
        {
            var form = new ByteArrayContent("a=1"u8.ToArray());
            form.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/x-www-form-urlencoded; charset={charset}");

            using var answer = await client.PostAsync(address, form, TestContext.Current.CancellationToken);

            Assert.Equal(status, answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        }
    }
}
