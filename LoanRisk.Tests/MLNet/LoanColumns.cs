using LoanRisk.MLNet.Columns;
using LoanRisk.Tests.Trees.Training;

namespace LoanRisk.Tests.MLNet;

/// <summary>The columns of <see cref="SyntheticLoans"/> for ML.NET.</summary>
internal static class LoanColumns
{
    public const int Purposes = 12;

    public static InputSchema Schema { get; } = new(SyntheticLoans.Names.Select((name, i) => i == SyntheticLoans.Purpose
        ? new InputColumn(name, ColumnKind.Category) { Levels = [.. Enumerable.Range(0, Purposes).Select(level => $"purpose {level}")] }
        : new InputColumn(name, ColumnKind.Number)));
}
