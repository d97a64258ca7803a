namespace LoanRisk.Tests.MLNet.Hosting;

/// <summary>A row of the golden model that LightGBM's Python package trained on a table of pandas.</summary>
public sealed record PandasRow
{
    public double Amt { get; init; }

    public string? Grade { get; init; }

    public HomeOwnership? Home { get; init; }

    public float? Rate { get; init; }

    public string? Emp { get; init; }

    public int? Term { get; init; }

    /// <summary>Not a feature.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>A row of codes as a program would have it.</summary>
    public static PandasRow Of(double[] codes) => new()
    {
        Amt = codes[0],
        Grade = Text(codes[1], "A", "B", "C", "D", "E", "F", "G"),
        Home = codes[2] is >= 0 and < 4 ? (HomeOwnership)(int)codes[2] : null,
        Rate = double.IsNaN(codes[3]) ? null : (float)codes[3],
        Emp = Text(codes[4], "1 year", "10+ years", "2 years", "< 1 year", "n/a"),
        Term = codes[5] switch { 0 => 36, 1 => 60, _ => null },
    };

    /// <summary>The codes of a row whose rate is in single precision and whose unknown levels are missing.</summary>
    public static double[] Codes(double[] row) =>
    [
        row[0], Known(row[1], 7), Known(row[2], 4), (float)row[3], Known(row[4], 5), Known(row[5], 2),
    ];

    private static double Known(double code, int levels) => code >= 0 && code < levels ? Math.Truncate(code) : double.NaN;

    private static string? Text(double code, params string[] levels) => code >= 0 && code < levels.Length ? levels[(int)code] : null;
}

/// <summary>Levels of the model, in its order.</summary>
public enum HomeOwnership
{
    Mortgage,
    Other,
    Own,
    Rent,
}
