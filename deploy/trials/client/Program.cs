using LoanRisk.TrialClient;

const string Usage = """
    load FILE SECONDS PER_SECOND CLIENTS FIRST ADDRESS...   asks for decisions and keeps each answer as a line of FILE
    verify FILE...                                          looks for what was answered in LOANRISK_DATABASE
    swap FILE TIMES EVERY_MS PRODUCT MODEL MODEL            lets two models serve in turns
    slow CONNECTIONS SECONDS PER_SECOND ADDRESS             measures decisions without and with slow connections beside them
    """;

switch (args)
{
    case ["load", var file, var seconds, var rate, var clients, var first, .. var addresses] when addresses.Length > 0:
        var plan = new LoadPlan(TimeSpan.FromSeconds(Number(seconds)), Number(rate), Number(clients), Number(first));
        Console.WriteLine(await Load.RunAsync(plan, [.. addresses.Select(address => new Uri(address))], file));
        return 0;
    case ["verify", .. var files] when files.Length > 0:
        return await Verification.RunAsync(files, Console.Out) ? 0 : 1;
    case ["swap", var file, var times, var every, var product, var one, var other]:
        Console.WriteLine(Swaps.Run(new SwapPlan(Number(times), TimeSpan.FromMilliseconds(Number(every)), product, [one, other]), file));
        return 0;
    case ["slow", var connections, var seconds, var rate, var address]:
        return await SlowConnections.CompareAsync(
            Number(connections), new LoadPlan(TimeSpan.FromSeconds(Number(seconds)), Number(rate), 16, 0), new Uri(address), Console.Out);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
