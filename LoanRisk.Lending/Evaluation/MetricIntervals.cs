namespace LoanRisk.Lending.Evaluation;

/// <summary>An interval with both ends.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>How far each of the <see cref="Metrics"/> may lie by chance of the sample alone.</summary>
/// <param name="Level">Share of the resamples inside, for example 0.95.</param>
/// <param name="Resamples">How many resamples were drawn.</param>
public sealed record MetricIntervals(
    double Level, int Resamples, Interval Auc, Interval Gini, Interval Ks, Interval LogLoss, Interval Brier, Interval AveragePrecision);
