using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Scorecards;

/// <summary>Makes a <see cref="Scorecard"/>: bins every feature, fits the regression, leaves out what does not hold.</summary>
internal sealed class ScorecardFit
{
    private readonly LoanProduct _product;
    private readonly IReadOnlyList<double[]> _columns;
    private readonly bool[] _bad;
    private readonly ScorecardOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly int[] _directions;
    private readonly List<LeftOutFeature> _leftOut = [];

    public ScorecardFit(
        LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, ScorecardOptions options, CancellationToken cancellationToken)
    {
        if (columns.Count != product.Features.Count)
        {
            throw new ArgumentException(
                $"{columns.Count} columns for the {product.Features.Count} features of {product.Id}.", nameof(columns));
        }

        if (options.Directions is { } given && given.Count != columns.Count)
        {
            throw new ArgumentException($"{given.Count} directions for {columns.Count} features.", nameof(options));
        }

        options.Scale.Check(nameof(options));
        (_product, _columns, _bad, _options, _cancellationToken) = (product, columns, bad, options, cancellationToken);
        _directions =
        [
            .. (options.Directions ?? product.MonotoneDirections).Select((d, i) => product.Features[i].Kind == FeatureKind.Nominal ? 0 : d),
        ];
    }

    public Scorecard Run()
    {
        var candidates = _product.Features.Select(Bin).OfType<Candidate>().ToList();
        var targets = Array.ConvertAll(_bad, b => b ? 1.0 : 0);
        var fit = Fit(candidates, targets);
        while (Wrong(candidates, fit) is { } wrong)
        {
            _leftOut.Add(
                new LeftOutFeature(
                    _product.Features[candidates[wrong].Place].Name, "beside the others its safer values would raise the risk"));
            candidates.RemoveAt(wrong);
            fit = Fit(candidates, targets);
        }

        var order = _product.FeatureNames.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
        return new Scorecard(
            _options.Scale,
            fit[^1],
            _options.Scale.Points(fit[^1]),
            [.. candidates.Select((c, i) => Feature(c, fit[i]))],
            [.. _leftOut.OrderBy(l => order[l.Name])],
            _directions,
            _bad.Length);
    }

    private Candidate? Bin(Feature feature, int place)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var binning = WoeBinning.Of(feature, _columns[place], _bad, _options.Binning, _directions[place]);
        if (binning.FilledCount < 2)
        {
            _leftOut.Add(new LeftOutFeature(feature.Name, "no two of its bins differ"));
            return null;
        }

        return new Candidate(place, binning, Array.ConvertAll(_columns[place], v => binning.Bins[binning.PlaceOf(v)].Woe));
    }

    private double[] Fit(List<Candidate> candidates, double[] targets)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return LogisticFit.Of([.. candidates.Select(c => c.Weights)], targets, _options.Ridge);
    }

    // The coefficient that is furthest on the wrong side of 0.
    private static int? Wrong(List<Candidate> candidates, double[] fit)
    {
        var worst = Enumerable.Range(0, candidates.Count).OrderByDescending(i => fit[i]).FirstOrDefault(-1);
        return worst >= 0 && fit[worst] >= 0 ? worst : null;
    }

    private ScorecardFeature Feature(Candidate candidate, double coefficient)
    {
        var feature = _product.Features[candidate.Place];
        return new ScorecardFeature(
            feature.Name,
            feature.Label,
            candidate.Place,
            coefficient,
            candidate.Binning.InformationValue,
            candidate.Binning,
            [.. candidate.Binning.Bins.Select(b => Attribute(feature, b, coefficient))]);
    }

    private ScorecardAttribute Attribute(Feature feature, WoeBin bin, double coefficient)
    {
        var points = -_options.Scale.Factor * coefficient * bin.Woe;
        return new ScorecardAttribute(
            BinText.Of(feature, bin),
            bin.Loans,
            (double)bin.Loans / _bad.Length,
            bin.BadRate,
            bin.Woe,
            points,
            (int)Math.Round(points, MidpointRounding.AwayFromZero));
    }

    private sealed record Candidate(int Place, WoeBinning Binning, double[] Weights);
}
