namespace LoanRisk.Lending.Statistics;

/// <summary>The standard normal distribution and its inverse.</summary>
public static class NormalQuantile
{
    /// <summary>
    /// The value below which a share of a standard normal distribution lies (Acklam's rational approximation, relative error 1.15e-9).
    /// </summary>
    /// <param name="share">Strictly between 0 and 1.</param>
    public static double Of(double share)
    {
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share strictly between 0 and 1 is expected.");
        }

        return share < 0.02425 ? Tail(share) : share > 1 - 0.02425 ? -Tail(1 - share) : Middle(share - 0.5);
    }

    /// <summary>
    /// The share of a standard normal distribution below a value (West, "Better approximations to cumulative normal functions", 2005; about
    /// 1e-15).
    /// </summary>
    public static double ShareBelow(double value)
    {
        var x = Math.Abs(value);
        var tail = x > 37 ? 0 : UpperTail(x);
        return value > 0 ? 1 - tail : tail;
    }

    private static double UpperTail(double x)
    {
        var e = Math.Exp(-x * x / 2);
        if (x >= 7.07106781186547)
        {
            return e / (x + (1 / (x + (2 / (x + (3 / (x + (4 / (x + 0.65))))))))) / 2.506628274631;
        }

        var above = Horner(
            x,
            3.52624965998911e-02,
            0.700383064443688,
            6.37396220353165,
            33.912866078383,
            112.079291497871,
            221.213596169931,
            220.206867912376);
        var below = Horner(
            x,
            8.83883476483184e-02,
            1.75566716318264,
            16.064177579207,
            86.7807322029461,
            296.564248779674,
            637.333633378831,
            793.826512519948,
            440.413735824752);
        return e * above / below;
    }

    private static double Tail(double share)
    {
        var q = Math.Sqrt(-2 * Math.Log(share));
        return Horner(
            q, -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783)
            / Horner(q, 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1);
    }

    private static double Middle(double q)
    {
        var r = q * q;
        return q * Horner(
            r,
            -3.969683028665376e+01,
            2.209460984245205e+02,
            -2.759285104469687e+02,
            1.383577518672690e+02,
            -3.066479806614716e+01,
            2.506628277459239)
            / Horner(
                r, -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1);
    }

    private static double Horner(double x, params ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
