using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>How a numerical feature's bins are scanned, which hangs on what is missing in it.</summary>
internal readonly record struct ScanWay
{
    public ScanWay(FeatureBins bins)
    {
        AlsoFromLeft = bins.BinCount > 2 && bins.Missing != MissingType.None;
        SkippedBin = AlsoFromLeft && bins.Missing == MissingType.Zero ? bins.ZeroBin : -1;
        LastFromRight = bins.BinCount - 1 - (AlsoFromLeft && bins.Missing == MissingType.NaN ? 1 : 0);
        LastFromLeft = bins.BinCount - 2;
        DefaultLeftFromRight = AlsoFromLeft || bins.Missing != MissingType.NaN;
        DerivesFirst = bins.DerivedBin == 0 && bins.Missing == MissingType.NaN;
    }

    /// <summary>A second scan starts from the left.</summary>
    public bool AlsoFromLeft { get; }

    /// <summary>The missing bin, that scans go over; -1 without one.</summary>
    public int SkippedBin { get; }

    /// <summary>The first bin from the right.</summary>
    public int LastFromRight { get; }

    /// <summary>The last bin from the left.</summary>
    public int LastFromLeft { get; }

    /// <summary>Where missing values go when the scan from the right found the split.</summary>
    public bool DefaultLeftFromRight { get; }

    /// <summary>From the left, bin 0 is taken to be what the other bins leave of the leaf.</summary>
    public bool DerivesFirst { get; }
}
