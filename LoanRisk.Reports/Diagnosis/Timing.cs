namespace LoanRisk.Reports.Diagnosis;

/// <summary>How long a piece of work took over several runs.</summary>
/// <param name="Name">The work.</param>
/// <param name="Rows">Rows it was done with.</param>
/// <param name="Seconds">Each run.</param>
public sealed record Timing(string Name, int Rows, IReadOnlyList<double> Seconds)
{
    /// <summary>Mean of the runs, in seconds.</summary>
    public double Mean => Seconds.Average();

    /// <summary>Standard deviation of a sample (n - 1), in seconds; 0 for a single run.</summary>
    public double StandardDeviation => Seconds.Count < 2 ? 0 : Math.Sqrt(Seconds.Sum(s => (s - Mean) * (s - Mean)) / (Seconds.Count - 1));
}
