using System.Globalization;

namespace LoanRisk.Trees.Training;

/// <summary>Range checks whose messages name the parameter in LightGBM's spelling, the value and what is allowed.</summary>
internal static class Allowed
{
    public static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw Refusal(name, value.ToString(CultureInfo.InvariantCulture), $"a whole number of at least {least}");

    public static int Within(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw Refusal(name, value.ToString(CultureInfo.InvariantCulture), $"a whole number from {least} to {most}");

    public static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refusal(name, Text(value), "a finite number of at least 0");

    public static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw Refusal(name, Text(value), "a finite number above 0");

    public static double Fraction(double value, string name) =>
        value is > 0 and <= 1 ? value : throw Refusal(name, Text(value), "a number above 0 and at most 1");

    public static double Share(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw Refusal(name, Text(value), "a number from 0 to 1");

    public static ArgumentException Refusal(string name, string value, string allowed) =>
        new($"Parameter {name} is {value}; it must be {allowed}.", name);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
