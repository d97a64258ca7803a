using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary>A challenger beside the champion, at the console.</summary>
internal static class ChallengerOutput
{
    public static void Write(ConsoleSession session, ChallengerReport report, LoanProduct product)
    {
        session.Output.WriteLine();
        session.Output.WriteLine($"Beside the champion. {ChallengerText.Basis(report)}");
        if (report.Answers is not { } answers)
        {
            return;
        }

        session.Output.WriteLine(ChallengerText.Agreement(answers));
        session.Output.WriteLine(ChallengerText.Outcomes(report, product));
        if (report.OnOutcomes is { } difference)
        {
            WriteMeasures(session, difference);
        }

        WriteOutcomes(session, answers);
        if (answers.Farthest.Count > 0)
        {
            WriteFarthest(session, answers, new Thresholds(product.Policy.ApproveBelow, product.Policy.DeclineFrom));
        }
    }

    private static void WriteMeasures(ConsoleSession session, ModelDifference difference)
    {
        var columns = ChallengerText.MeasureColumns;
        var table = ConsoleSession.Table("On these outcomes", columns[0], [.. columns.Skip(1)]);
        foreach (var line in ChallengerText.Measures(difference))
        {
            table.AddRow([.. line]);
        }

        session.Write(table);
    }

    private static void WriteOutcomes(ConsoleSession session, DecisionComparison answers)
    {
        var outcomes = Enum.GetValues<Outcome>();
        var table = ConsoleSession.Table(
            "Applications by decision", "As answered", [.. outcomes.Select(outcome => $"Challenger: {Word(outcome)}")]);
        foreach (var given in outcomes)
        {
            table.AddRow([Word(given), .. outcomes.Select(challenger => FigureText.Count(answers.Count(given, challenger)))]);
        }

        session.Write(table);
    }

    private static void WriteFarthest(ConsoleSession session, DecisionComparison answers, Thresholds limits)
    {
        var table = ConsoleSession.Table("Where they lie farthest apart", "Decision", "As answered", "Challenger");
        foreach (var answer in answers.Farthest)
        {
            table.AddRow(answer.DecisionId, Text(answer.Given, limits), Text(answer.Challenger, limits));
        }

        session.Write(table);
    }

    private static string Text(BareDecision answer, Thresholds limits) =>
        $"{PercentText.Of(answer.Probability, limits)} %, {Word(answer.Outcome)}";

    private static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();
}
