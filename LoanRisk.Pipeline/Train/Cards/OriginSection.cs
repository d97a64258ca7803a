using LoanRisk.Lending;
using LoanRisk.MLNet.Training;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What the model says, and where it is from.</summary>
internal static class OriginSection
{
    public static IEnumerable<string> Of(CardSubject trained)
    {
        var (product, data) = (trained.Product, trained.Data);
        yield return $"# {product.Name}: model card";
        yield return
            $"The model gives the probability that a {product.Subject.One} is {trained.Noun}: "
            + $"{product.Target.Meaning} {product.Target.Horizon}. {product.Description}";
        yield return MarkdownLines.Of([
            "| | |", "|---|---|",
            $"| Trained | {Moments.DateAndTime(trained.Facts.TrainedAt)} by LoanRisk {trained.Facts.CodeVersion}, "
            + $"seed {trained.Facts.Seed} |",
            $"| Data | {data.Name}: {PlainFigures.Count(data.Rows)} {product.Subject.Many}, {PlainFigures.Count(data.BadRows)} "
            + $"of them {trained.Noun} ({PlainFigures.Percent((double)data.BadRows / data.Rows)}) |",
            .. Source(trained),
            $"| Fingerprint of the data | SHA-256 `{data.Sha256}` |",
            $"| Period of the {product.Subject.Many} | {Period(trained)} |",
            $"| Model | {Form(trained)}, then {trained.Metrics.Calibration!.Chosen} calibration |",
            .. Trainer(trained),
            $"| Product schema | version {product.SchemaVersion} |"]);
        if (data.OpenRows > 0)
        {
            yield return $"Rows of the file without an outcome: {PlainFigures.Count(data.OpenRows)}; "
                + "they count neither as good nor as bad and were left out.";
        }

        if (data.ProblemRows > 0)
        {
            yield return Unusable(data.ProblemRows);
        }
    }

    private static string[] Source(CardSubject trained) => trained.Product.Source is { } source
        ? [$"| Source of the data | {source.Name}, {source.From}. Licence: "
            + $"{source.Licence}.{(source.Attribution is null ? "" : $" {source.Attribution}")} |"]
        : [];

    private static string[] Trainer(CardSubject trained) =>
        trained.Facts.Parameters.GetValueOrDefault(TreeRecipes.TrainerParameter) switch
        {
            TreeRecipes.MLNet =>
                [$"| Trees grown by | ML.NET (Microsoft.ML.LightGbm {MLNetTrainer.Version}); missing values go where LightGBM sent them |"],
            TreeRecipes.LightGbm => ["| Trees grown by | LightGBM's native library, each machine on its own rows of the data |"],
            _ => [],
        };

    private static string Period(CardSubject trained) =>
        trained.Data is { From: { } from, To: { } to } ? $"{Moments.Date(from)} to {Moments.Date(to)}"
        : trained.Product.Date is { } date ? $"not known: the rows have no {date.Column}"
        : "not known: the product file names no date column";

    private static string Form(CardSubject trained) => trained.Metrics.Scorecard is { } card
        ? $"a points scorecard of {CountedNoun.Of(card.Features.Count, "feature")}"
        : CountedNoun.Of(trained.Metrics.TreeCount!.Value, "gradient-boosted tree");

    private static string Unusable(int rows)
    {
        var counted = CountedNoun.Of(rows, "row of the file could not be used and was", "rows of the file could not be used and were");
        return $"{counted} left out.";
    }
}
