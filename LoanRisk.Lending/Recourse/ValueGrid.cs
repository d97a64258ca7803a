using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Lending.Recourse;

/// <summary>The values of a number that a person would aim at: multiples of a step.</summary>
internal sealed class ValueGrid
{
    // About a hundred steps across what most rows of training have.
    private const double StepsInSpread = 100;

    // Beyond it neighbouring multiples are no longer told apart.
    private const double MostSteps = 1e15;

    private readonly decimal _step;

    /// <param name="step">Above 0.</param>
    public ValueGrid(double step) => _step = (decimal)step;

    /// <summary>The grid of a feature: of the step that the product names, else of a round one that fits the values of training.</summary>
    public static ValueGrid Of(Feature feature, FeaturePositions positions, FeatureReference? reference) =>
        new(feature.Change?.Step ?? RoundStep(feature, positions.Spread, reference?.Decimals));

    /// <summary>The lowest multiple above a number; NaN when there is none.</summary>
    public double Above(double number)
    {
        if (!IsCounted(number))
        {
            return double.NaN;
        }

        var count = decimal.Floor((decimal)number / _step) - 1;
        while (At(count) <= number)
        {
            count++;
        }

        return At(count);
    }

    /// <summary>The highest multiple not above a number; NaN when there is none.</summary>
    public double NotAbove(double number)
    {
        if (!IsCounted(number))
        {
            return double.NaN;
        }

        var count = decimal.Floor((decimal)number / _step) + 1;
        while (At(count) > number)
        {
            count--;
        }

        return At(count);
    }

    private double At(decimal count) => (double)(count * _step);

    private bool IsCounted(double number) => Math.Abs(number) < MostSteps * (double)_step && Math.Abs(number) < (double)decimal.MaxValue;

    // 1, 2 or 5 times a power of ten, with no more decimals than the data has.
    private static double RoundStep(Feature feature, double spread, int? decimals)
    {
        var least = feature.Integer ? 1 : decimals is { } known ? Math.Pow(10, -known) : 0;
        var wanted = Math.Max(spread / StepsInSpread, least);
        if (!(wanted > 0))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        var round = power * (wanted >= 5 * power ? 5 : wanted >= 2 * power ? 2 : 1);
        return (double)Math.Max((decimal)round, (decimal)least);
    }
}
