namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// Quadrature points as kernels read them, in passes of 8. The last pass is filled up with points that weigh nothing.
/// </summary>
internal sealed class ShapPoints
{
    /// <summary>Points of a pass.</summary>
    public const int PassWidth = 8;

    /// <summary>The points that integrate the products of paths with at most so many different features exactly.</summary>
    public ShapPoints(int features)
    {
        // n points are exact up to degree 2n - 1; the product over the other features has one factor fewer than the path.
        var quadrature = new GaussLegendre((features + 1) / 2);
        Count = quadrature.Points.Length;
        Passes = (Count + PassWidth - 1) / PassWidth;
        var room = Passes * PassWidth;
        (Present, Absent, Weights, AbsentGains) = (new double[room], new double[room], new double[room], new double[room]);
        quadrature.Weights.CopyTo(Weights, 0);
        for (var i = 0; i < room; i++)
        {
            Present[i] = i < Count ? quadrature.Points[i] : 0.5;
            Absent[i] = 1 - Present[i];
            AbsentGains[i] = -1 / Absent[i];
        }
    }

    /// <summary>Points that weigh something.</summary>
    public int Count { get; }

    public int Passes { get; }

    /// <summary>The points t.</summary>
    public double[] Present { get; }

    /// <summary>1 - t.</summary>
    public double[] Absent { get; }

    public double[] Weights { get; }

    /// <summary>(o - z) / (z (1-t) + o t) for o = 0, whatever the share z.</summary>
    public double[] AbsentGains { get; }
}
