namespace LoanRisk.Tests.Trees;

/// <summary>Values that rows can hold and that rules treat apart.</summary>
internal static class OddValues
{
    private static readonly double[] Odd =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, double.Epsilon,
        -double.Epsilon, 1e-35f, -1e-35f, 1.1e-35, double.MaxValue, double.MinValue,
        -0.5, -0.999, -1, 0.5, 1.9, 31, 32, 63, 64, 4095, 4096, 2147483647, 2147483648, 4294967296, 1e18, -1e18,
    ];

    public static double Next(Random random) => random.Next(3) switch
    {
        0 => Odd[random.Next(Odd.Length)],
        1 => random.Next(-2, 70),
        _ => (random.NextDouble() - 0.5) * 10,
    };
}
