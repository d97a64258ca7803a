using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Training.Generate;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>generate</c>: made-up loans with the statistics of real ones.</summary>
internal static class GenerateVerb
{
    private const int MostRows = 100_000_000;

    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var rows = new Option<int>("--rows") { Description = "How many loans.", Required = true, HelpName = "N" };
        var seed = VerbOptions.Seed();
        var rate = new Option<double?>("--late-rate", "--bad-rate")
        {
            Description = "Share of bad loans to aim at, for example 0.05. Default: as the champion expects of them.",
            HelpName = "R",
        };
        var shift = new Option<string>("--shift")
        {
            Description = "How they differ from the loans the champion was trained with; see below.",
            DefaultValueFactory = _ => "",
            HelpName = "SPEC",
        };
        var last = new Option<int?>("--shift-last")
        {
            Description = "How many of the last rows are shifted, the others being as the champion's. Default: all.",
            HelpName = "N",
        };
        var output = VerbOptions.File("--out", "CSV file to write, in the spelling of the training data, outcome included.");
        var model = VerbOptions.Model();
        var verbatim = VerbOptions.Verbatim();
        var verb = new Verb(
            "generate",
            "Make up loans with the statistics of real ones, for demonstrations and tests.",
            "loanrisk generate peerloan --rows 5000 --seed 1 --late-rate 0.05 --shift "
            + "\"int_rate*1.2,annual_inc-5000,purpose=small_business:0.3\" --out made-up.csv",
            Shift.Form
                + "\nNo row is a real loan: values are drawn from the distributions in the champion's reference.json, "
                + "outcomes from its probabilities, moved in log-odds where --late-rate asks for it. "
                + "Numbers stay in the range the product allows.\n"
            + "A product without a champion is drawn from its product file: ranges, levels and what stands in generate. "
            + "Such rows show that everything runs; they say nothing about real ones.")
        {
            product, rows, seed, rate, shift, last, output, model, verbatim,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var chosen = VerbOptions.FindProduct(session, parsed.GetRequiredValue(product));
                var count = Checked(parsed.GetValue(rows));
                var options = new GenerationOptions(
                    count,
                    parsed.GetValue(seed),
                    Checked(parsed.GetValue(rate)),
                    Shift.ParseAll(parsed.GetRequiredValue(shift), chosen),
                    VerbOptions.CellsOf(parsed.GetValue(verbatim)))
                {
                    ShiftedRows = Checked(parsed.GetValue(last), count),
                };
                var file = VerbOptions.Writable(parsed.GetRequiredValue(output));
                return new Call(session, chosen, options, file, parsed.GetValue(model)).Run(cancellationToken);
            },
            cancellationToken));
        return verb;
    }

    private static int Checked(int rows) =>
        rows is >= 1 and <= MostRows ? rows : throw new InvalidOptionException($"--rows must be from 1 to {MostRows:N0}; it was {rows}.");

    private static int? Checked(int? last, int rows) =>
        last is null || (last >= 0 && last <= rows)
            ? last
            : throw new InvalidOptionException($"--shift-last is a number from 0 to that of --rows, {rows:N0}; it was {last:N0}.");

    private static double? Checked(double? rate) =>
        rate is null or (> 0 and < 1)
            ? rate
            : throw new InvalidOptionException($"--late-rate is a share above 0 and below 1, for example 0.05; it was {rate}.");

    private sealed record Call(ConsoleSession Session, LoanProduct Product, GenerationOptions Options, string Output, string? Model)
    {
        public int Run(CancellationToken cancellationToken)
        {
            var package = VerbOptions.FindPackage(Session, Product, Model);
            if (package is null)
            {
                Session.Output.WriteLine($"{Product.Name} has no champion yet; the rows follow the product file alone.");
            }

            var source = package is null ? SyntheticRowSource.Of(Product) : SyntheticRowSource.Of(package);
            var result = Session.Progress.Run(
                $"Making up {Product.Subject.Many}", p => new GenerationRun(Product, source, Options).Run(Output, p, cancellationToken));
            Session.Output.WriteLine(
                $"{Options.Rows:N0} made-up {Product.Subject.Many}, {result.Bad:N0} {Product.Target.Noun} "
                + $"({100.0 * result.Bad / Options.Rows:0.00} %, expected {100 * result.ExpectedBadRate:0.00} %), "
                + $"in {Path.GetFullPath(Output)}");
            return ExitCode.Fine;
        }
    }
}
