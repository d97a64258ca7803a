using LoanRisk.Web.Problems;
using LoanRisk.Web.Texts;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Bodies;

/// <summary>
/// Bodies that were sent compressed. They are read as they unpack, so what is counted against an address's limit is what comes out: a small
/// body that unpacks to gigabytes is given up at the limit.
/// </summary>
internal static class EncodedBodies
{
    private const string Identity = "identity";

    /// <summary>Registers them; a packed body has so many bytes at most.</summary>
    public static void AddEncodedBodies(this WebApplicationBuilder builder, long mostPacked) =>
        builder.Services.AddRequestDecompression(options =>
    {
        options.DecompressionProviders.Clear(); // the usual ones take a body that was cut off for a whole one
        options.DecompressionProviders.Add("gzip", new GzipBodies(mostPacked));
    });

    /// <summary>Lets everybody who reads a body meet broken framing as the sender's fault; before anybody reads.</summary>
    public static void UseReceivedBodies(this WebApplication app) => app.Use((context, next) =>
    {
        context.Request.Body = new ReceivedBody(context.Request.Body);
        return next(context);
    });

    /// <summary>Unpacks the bodies of programs; after routing, for the limit is the address's.</summary>
    public static void UseEncodedBodies(this WebApplication app) => app.UseWhen(context => ApiAddress.Covers(context.Request), api =>
    {
        api.Use((context, next) =>
        {
            DropIdentity(context.Request.Headers);
            return next(context);
        });
        api.UseRequestDecompression();
    });

    /// <summary>The coding that is left is one that nobody can read; null when the body is readable.</summary>
    public static ApiProblem? ProblemOf(HttpRequest request) => request.Headers.ContentEncoding.Count == 0
        ? null
        : ApiProblem.UnsupportedType(
            $"The Content-Encoding is {ShortText.Of(request.Headers.ContentEncoding.ToString(), 40)}; "
            + "gzip is read, and no encoding at all.");

    private static void DropIdentity(IHeaderDictionary headers)
    {
        if (headers.ContentEncoding.Count > 0
            && headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding)
                .All(coding => coding.Equals(Identity, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Remove(HeaderNames.ContentEncoding);
        }
    }
}
