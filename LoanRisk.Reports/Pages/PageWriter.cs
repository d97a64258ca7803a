using System.Text;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Reports.Drift;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LoanRisk.Reports.Pages;

/// <summary>Writes a page's component as the text of one HTML file.</summary>
public static class PageWriter
{
    /// <summary>The page of a model's report.</summary>
    public static Task<string> WriteAsync(ModelReport report) => WriteAsync<ReportPage>((nameof(ReportPage.Report), report));

    /// <summary>The page of a profile.</summary>
    public static Task<string> WriteAsync(ProfileReport report) => WriteAsync<ProfilePage>((nameof(ProfilePage.Report), report));

    /// <summary>The page of a comparison of two samples.</summary>
    public static Task<string> WriteAsync(DriftPageReport report) => WriteAsync<DriftPage>((nameof(DriftPage.Report), report));

    /// <summary>Writes a file whole: under another name first, so that nobody sees half of it.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="isPrivate">True for a file of the data folder, which only its owner may read.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, ReadOnlySpan<byte> content, bool isPrivate = false)
    {
        using var file = new OutputFile(path, isPrivate);
        file.Write(content);
        file.Finish();
    }

    /// <inheritdoc cref="Save(string, ReadOnlySpan{byte}, bool)"/>
    public static void Save(string path, string content, bool isPrivate = false) => Save(path, Encoding.UTF8.GetBytes(content), isPrivate);

    /// <summary>A component as HTML.</summary>
    internal static async Task<string> WriteAsync<T>(params (string Name, object Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => (object?)p.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(view)).ToHtmlString());
    }
}
