using System.Net.Sockets;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Store;
using LoanRisk.Trees.Scoring;
using LoanRisk.Web.Settings;
using LoanRisk.Web.Texts;
using Microsoft.AspNetCore.Connections;

namespace LoanRisk.Web.Hosting;

/// <summary>Turns the failures a person can mend into one sentence; anything else is a defect and keeps its stack trace.</summary>
internal static class StartFailure
{
    // Who reads ASP.NET Core's own settings.
    private static readonly string[] ConfigurationReaders =
    [
        "Microsoft.AspNetCore.Server.Kestrel.Core", "Microsoft.Extensions.Configuration.Binder",
        "Microsoft.Extensions.Logging.Configuration", "Microsoft.Extensions.Logging.Console"
    ];

    public static string? Explain(Exception error) => Sentence(error) is { } sentence ? LogText.Escape(sentence) : null;

    private static string? Sentence(Exception error) => error switch
    {
        StoreException { IsDamage: true } => $"LoanRisk cannot start: {error.Message} `loanrisk check` tells more.",
        StartException or InvalidOptionException or ProductFileException or StoreException or UnusableKernelException =>
            $"LoanRisk cannot start: {error.Message}",
        IOException { InnerException: AddressInUseException } => $"LoanRisk cannot start: {AddressInUse(error.Message)}",
        SocketException => $"LoanRisk cannot start: it may not listen there: {error.Message}. Set PORT to a port it may use.",
        IOException or UnauthorizedAccessException or InvalidDataException or FormatException => $"LoanRisk cannot start: {error.Message}",
        InvalidOperationException { Source: { } source } when ConfigurationReaders.Contains(source) =>
            $"LoanRisk cannot start: {error.Message.Split('\n')[0].TrimEnd()}",
        _ => null,
    };

    private static string AddressInUse(string message) =>
        $"{message.TrimEnd('.')}. Stop the program that listens there or set PORT to another port.";
}
