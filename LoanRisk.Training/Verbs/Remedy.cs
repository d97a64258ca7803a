using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Reports.Diagnosis;
using LoanRisk.Store;

namespace LoanRisk.Training.Verbs;

/// <summary>What helps, in words of the command line; the libraries say what is wrong and know no options of the console.</summary>
internal static class Remedy
{
    /// <summary>What went wrong and, where the console has a remedy, how to go on.</summary>
    public static string Of(Exception problem) => problem switch
    {
        NoIngestedDataException { Product: var product } =>
            $"{problem.Message} Name a file with --data, or join files first: {Ingest(product)}",
        NoTrainingRowsException => $"{problem.Message} Name a file to compare with: --reference FILE",
        SampleTooSmallException => $"{problem.Message} Take more rows with --rows, or bring more data.",
        InvalidOptionException { Option: "monotone_constraints" } => GoOn(problem.Message, ", and --monotone says how they are used."),
        InvalidOptionException { Option: "objective" or "boosting" } => GoOn(problem.Message, "; trees fit learns everything else."),
        StoreException { IsDamage: true } => $"{problem.Message} `loanrisk check` tells more.",
        _ => problem.Message,
    };

    /// <summary>Why a file was refused and, where it is refused for lines that can be left out, how to leave them out.</summary>
    public static string Of(OfferedFile refused) =>
        refused.HasTotals ? GoOn(refused.Cause!, ", or ingest with --leave-out-totals.") : refused.Cause!;

    /// <summary>How to name the rows that the gate asks for.</summary>
    public static string Rows(string product) =>
        $"Labelled rows are named with --data FILE, or joined to the product's data: {Ingest(product)}";

    private static string Ingest(string product) => $"loanrisk ingest {product} --from DIR";

    private static string GoOn(string sentence, string end) => sentence.TrimEnd('.') + end;
}
