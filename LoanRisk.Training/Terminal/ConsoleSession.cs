using System.Collections.Concurrent;
using System.Globalization;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Tracking;
using LoanRisk.Reports;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LoanRisk.Training.Terminal;

/// <summary>What a verb may talk to: results go to the output, progress and problems to the error stream, and time is given.</summary>
public sealed class ConsoleSession
{
    /// <summary>The environment variable that holds a password.</summary>
    public const string PasswordVariable = "LOANRISK_PASSWORD";

    /// <summary>Columns of a table that goes into a pipe or file, where COLUMNS names no other number.</summary>
    public const int PipedColumns = 80;

    // A console of text breaks nothing by itself: tables are fitted before.
    private const int Unbroken = 10_000;

    private readonly IAnsiConsole _tables;

    private readonly Lazy<DataFolder> _data;

    private readonly ConcurrentQueue<string> _tracked = [];

    private MlflowTracker? _tracker;

    /// <summary>A session that writes plain text.</summary>
    /// <param name="output">Results.</param>
    /// <param name="error">Problems.</param>
    /// <param name="time">The clock.</param>
    /// <param name="data">The data folder; null is the one that <see cref="DataFolder.Resolve()"/> finds.</param>
    /// <param name="width">Columns of the terminal that shows the output; null breaks no line, as a wide COLUMNS does.</param>
    public ConsoleSession(TextWriter output, TextWriter error, TimeProvider time, DataFolder? data = null, int? width = null)
        : this(Wrapped(output, width), Wrapped(error, width), time, new LineProgress(error, time), Plain(output))
    {
        Width = width;
        _data = new(() => data ?? DataFolder.Resolve());
    }

    private ConsoleSession(TextWriter output, TextWriter error, TimeProvider time, IStepProgress progress, IAnsiConsole tables) =>
        (Output, Error, Time, Progress, _tables, _data) = (output, error, time, progress, tables, new(DataFolder.Resolve));

    /// <summary>Results.</summary>
    public TextWriter Output { get; }

    /// <summary>Problems, as sentences.</summary>
    public TextWriter Error { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The folder of database, data sets and models; made when it is first asked for.</summary>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public DataFolder Data => _data.Value;

    /// <summary>The folder of products.</summary>
    public string Products { get; init; } = ProductFolder.Default;

    /// <summary>The products there are; those whose files are in the database stand in the place of the folder's.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder of products.</exception>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public OfferedProducts Offered => OfferedProducts.Read(Products, ProductFiles());

    /// <summary>Lets the process give way to others, where it is this program's own.</summary>
    public Action GiveWay { get; private init; } = () => { };

    /// <summary>Who calls the program, for histories.</summary>
    public string By => Environment.UserName.Length == 0 ? "console" : Environment.UserName;

    /// <summary>Where training and promotions are logged; null for nowhere.</summary>
    public MlflowServer? Mlflow { get; init; }

    /// <summary>Logs there; null for nowhere. What it has to tell comes after the verb, for progress is shown until then.</summary>
    public MlflowTracker? Tracker => _tracker ??= Mlflow is { } server ? new(server, PlotFiles.Of, _tracked.Enqueue) : null;

    /// <summary>How far work is.</summary>
    public IStepProgress Progress { get; }

    /// <summary>Where secrets are read from.</summary>
    public TextReader Input { get; init; } = Console.In;

    /// <summary>A password: what the variable holds, or else the first line of the input, which a person is asked for.</summary>
    /// <returns>Null when there is none.</returns>
    public string? Password()
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set)
        {
            return set;
        }

        if (Input == Console.In && !Console.IsInputRedirected)
        {
            Error.Write("Password, which is not shown: ");
            Error.Flush();
            return AnsiConsole.Console.Prompt(new TextPrompt<string>("").Secret(null));
        }

        return Input.ReadLine() is { Length: > 0 } line ? line : null;
    }

    // Columns that tables may take; null for as many as they need.
    private int? Width { get; init; }

    /// <summary>
    /// The session of this process. SOURCE_DATE_EPOCH (seconds since 1970), when set, stops the clock for reproducible builds.
    /// </summary>
    /// <exception cref="InvalidOptionException">SOURCE_DATE_EPOCH is no number, or LOANRISK_MLFLOW no address.</exception>
    public static ConsoleSession OfProcess()
    {
        IStepProgress progress = Console.IsErrorRedirected
            ? new LineProgress(Console.Error, TimeProvider.System)
            : new BarProgress(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
        var tables = Console.IsOutputRedirected ? Plain(Console.Out) : AnsiConsole.Console;
        return new ConsoleSession(
            Wrapped(Console.Out, Console.IsOutputRedirected ? null : tables.Profile.Width),
            Wrapped(Console.Error, Console.IsErrorRedirected ? null : AnsiConsole.Console.Profile.Width),
            Clock(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")),
            progress,
            tables)
        {
            GiveWay = BackgroundProcess.GiveWay,
            Mlflow = MlflowServer.FromEnvironment(),
            Width = Console.IsOutputRedirected ? WidthInPipe(Environment.GetEnvironmentVariable("COLUMNS")) : tables.Profile.Width,
        };
    }

    /// <summary>How wide a table may be that goes into a pipe or file: what COLUMNS says, else <see cref="PipedColumns"/>.</summary>
    public static int WidthInPipe(string? columns) =>
        int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var wide) && wide > 0 ? wide : PipedColumns;

    /// <summary>Waits, but not for long, for what is logged elsewhere, and tells what could not be.</summary>
    public void FinishTracking()
    {
        _tracker?.Dispose();
        _tracker = null;
        while (_tracked.TryDequeue(out var sentence))
        {
            Error.WriteLine(sentence);
        }
    }

    /// <summary>Writes a table to the output; where there is too little room for it, as records.</summary>
    public void Write(Table table)
    {
        Output.Flush();
        // A title inside the table would be broken to the table's width.
        if (table.Title is { } title)
        {
            _tables.MarkupLine(_tables.Profile.Capabilities.Ansi ? $"[bold]{title.Text}[/]" : title.Text);
            table.Title = null;
        }

        if (TableFit.Records(table, Width, RenderOptions.Create(_tables, _tables.Profile.Capabilities)) is not { } records)
        {
            _tables.Write(table);
            return;
        }

        foreach (var line in records)
        {
            Output.WriteLine(line);
        }
    }

    /// <summary>A table in the style of this program; columns of numbers stand right, of words left.</summary>
    public static Table Table(string title, string first, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.Title.Style = new Style(decoration: Decoration.Bold);
        table.AddColumn(new TableColumn(Markup.Escape(first)));
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        return table;
    }

    /// <summary>The clock that SOURCE_DATE_EPOCH asks for.</summary>
    public static TimeProvider Clock(string? sourceDateEpoch)
    {
        if (string.IsNullOrEmpty(sourceDateEpoch))
        {
            return TimeProvider.System;
        }

        return long.TryParse(sourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253402300799
            ? new StoppedClock(DateTimeOffset.FromUnixTimeSeconds(seconds))
            : throw new InvalidOptionException($"SOURCE_DATE_EPOCH must be whole seconds since 1970; it is \"{sourceDateEpoch}\".");
    }

    // Work on files alone needs no data folder.
    private PushedProducts? ProductFiles()
    {
        try
        {
            return ModelRegistry.Exists(Data) ? ModelRegistry.Open(Data).ProductFiles : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static TextWriter Wrapped(TextWriter writer, int? width) => width is { } columns ? new WrappingWriter(writer, columns) : writer;

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Unbroken;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
