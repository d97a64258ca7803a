using System.Security.Cryptography;
using System.Text;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Split;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>
/// What a card and a manifest tell of the rows of a training run; of several machines' rows, what is true of all together.
/// </summary>
public sealed record TrainedRows
{
    /// <summary>Name of the file or data version; of each machine's.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file or data version, hexadecimal; of several, that of their own written one after the other.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Usable rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Those that turned bad.</summary>
    public required int BadRows { get; init; }

    /// <summary>Rows without an outcome.</summary>
    public required int OpenRows { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public required int ProblemRows { get; init; }

    /// <summary>Rows in which a feature is missing, by its place.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>Rows that hold something unusual, by feature.</summary>
    public required IReadOnlyDictionary<string, int> Warnings { get; init; }

    /// <summary>The oldest row's date; null without dates.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The newest row's date; null without dates.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The date of the oldest test row; null without dates.</summary>
    public DateOnly? TestFrom { get; init; }

    /// <summary>The date of the newest row that is not for the test; null without dates.</summary>
    public DateOnly? LearntTo { get; init; }

    /// <summary>The test rows are later than all others: the newest rows are the test only when both outcomes are among them.</summary>
    public bool IsOutOfTime => TestFrom >= LearntTo;

    /// <summary>What is true of the rows of all machines.</summary>
    public static TrainedRows Of(DataSet data, DataSplit parts, ITrainingMachines machines) =>
        machines.Each(Of(data, parts)) is { Count: > 1 } several ? Together(several) : Of(data, parts);

    private static TrainedRows Of(DataSet data, DataSplit parts) => new()
    {
        Name = data.FileName,
        Sha256 = data.Sha256,
        Rows = data.RowCount,
        BadRows = data.BadCount,
        OpenRows = data.OpenRows,
        ProblemRows = data.ProblemCount,
        Missing = [.. data.Columns.Select(column => column.Count(double.IsNaN))],
        Warnings = data.Warnings,
        From = data.Dates is { Length: > 0 } ? data.Dates.Min() : null,
        To = data.Dates is { Length: > 0 } ? data.Dates.Max() : null,
        TestFrom = parts.Test.Length > 0 ? parts.Test.Min(row => data.Dates?[row]) : null,
        LearntTo = parts.Development.Max(row => data.Dates?[row]),
    };

    private static TrainedRows Together(IReadOnlyList<TrainedRows> parts) => new()
    {
        Name = string.Join(", ", parts.Select(part => part.Name)),
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(parts.Select(part => part.Sha256))))),
        Rows = parts.Sum(part => part.Rows),
        BadRows = parts.Sum(part => part.BadRows),
        OpenRows = parts.Sum(part => part.OpenRows),
        ProblemRows = parts.Sum(part => part.ProblemRows),
        Missing = [.. parts[0].Missing.Select((_, place) => parts.Sum(part => part.Missing[place]))],
        Warnings = parts.SelectMany(part => part.Warnings).GroupBy(w => w.Key, w => w.Value, StringComparer.Ordinal)
            .ToDictionary(w => w.Key, w => w.Sum(), StringComparer.Ordinal),
        From = parts.Min(part => part.From),
        To = parts.Max(part => part.To),
        TestFrom = parts.Min(part => part.TestFrom),
        LearntTo = parts.Max(part => part.LearntTo),
    };
}
