using System.Globalization;

namespace LoanRisk.Trees.Scoring;

/// <summary>What an objective does with raw scores.</summary>
internal enum ConversionKind
{
    /// <summary>Nothing: the raw score is the output.</summary>
    Identity,

    /// <summary>1 / (1 + exp(-sigmoid * raw)), each output on its own.</summary>
    Sigmoid,

    /// <summary>exp(raw).</summary>
    Exponential,

    /// <summary>log(1 + exp(raw)).</summary>
    LogOnePlusExponential,

    /// <summary>raw squared with its sign: the inverse of a signed square root.</summary>
    SignedSquare,

    /// <summary>exp(raw) as a share of the sum over all outputs.</summary>
    Softmax,

    /// <summary>Not known: raw scores only.</summary>
    Unknown,
}

/// <summary>The conversion that a model's objective asks for, as LightGBM 4.6 does it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Factor">The objective's sigmoid parameter.</param>
/// <param name="Problem">Why the objective cannot be right, or null.</param>
internal sealed record OutputConversion(ConversionKind Kind, double Factor = 1, string? Problem = null)
{
    /// <summary>Reads an objective such as <c>binary sigmoid:1</c> for a model with that many outputs.</summary>
    public static OutputConversion Of(string objective, int outputs)
    {
        var words = objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = words.Length == 0 ? "" : words[0];
        var parameters = words.AsSpan(Math.Min(1, words.Length));
        return name switch
        {
            "multiclass" => ClassesOf(parameters, outputs) ?? new(ConversionKind.Softmax),
            "multiclassova" => ClassesOf(parameters, outputs) ?? SigmoidOf(parameters),
            "" or "custom" => new(ConversionKind.Identity),
            _ => OneOutputOf(name, parameters) is { Kind: not ConversionKind.Unknown } conversion && outputs > 1
                ? Wrong($"{name} has one output, num_tree_per_iteration gives {outputs}")
                : OneOutputOf(name, parameters),
        };
    }

    /// <summary>Converts raw scores in place.</summary>
    public void Apply(Span<double> outputs)
    {
        if (Kind == ConversionKind.Softmax)
        {
            Softmax(outputs);
            return;
        }

        foreach (ref var output in outputs)
        {
            output = Convert(output);
        }
    }

    private static OutputConversion OneOutputOf(string name, ReadOnlySpan<string> parameters) => name switch
    {
        "binary" => SigmoidOf(parameters),
        "cross_entropy" => new(ConversionKind.Sigmoid),
        "cross_entropy_lambda" => new(ConversionKind.LogOnePlusExponential),
        "poisson" or "gamma" or "tweedie" => new(ConversionKind.Exponential),
        "regression" or "regression_l1" or "huber" or "fair" or "quantile" or "mape" =>
            new(parameters.Contains("sqrt") ? ConversionKind.SignedSquare : ConversionKind.Identity),
        "lambdarank" or "rank_xendcg" => new(ConversionKind.Identity),
        _ => new(ConversionKind.Unknown),
    };

    private static OutputConversion SigmoidOf(ReadOnlySpan<string> parameters)
    {
        var text = Parameter(parameters, "sigmoid:");
        return text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            && double.IsFinite(factor) && factor > 0
            ? new(ConversionKind.Sigmoid, factor)
            : Wrong("needs sigmoid: with a number above 0");
    }

    private static OutputConversion? ClassesOf(ReadOnlySpan<string> parameters, int outputs)
    {
        var text = Parameter(parameters, "num_class:");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var classes) && classes == outputs
            ? null
            : Wrong($"needs num_class:{outputs}, for num_tree_per_iteration is {outputs}");
    }

    private static string? Parameter(ReadOnlySpan<string> parameters, string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.StartsWith(name, StringComparison.Ordinal))
            {
                return parameter[name.Length..];
            }
        }

        return null;
    }

    private static OutputConversion Wrong(string problem) => new(ConversionKind.Unknown, Problem: problem);

    private double Convert(double raw) => Kind switch
    {
        ConversionKind.Sigmoid => 1 / (1 + Math.Exp(-Factor * raw)),
        ConversionKind.Exponential => Math.Exp(raw),
        ConversionKind.LogOnePlusExponential => LogOnePlus(Math.Exp(raw)),
        ConversionKind.SignedSquare => Math.CopySign(raw * raw, raw),
        _ => raw,
    };

    // Exact to a few units in the last place also where 1 + value rounds (W. Kahan's correction).
    private static double LogOnePlus(double value)
    {
        var sum = 1 + value;
        return sum == 1 || double.IsInfinity(sum) ? value : Math.Log(sum) * (value / (sum - 1));
    }

    private static void Softmax(Span<double> outputs)
    {
        var largest = double.NegativeInfinity;
        foreach (var output in outputs)
        {
            largest = Math.Max(largest, output);
        }

        var sum = 0.0;
        foreach (ref var output in outputs)
        {
            output = Math.Exp(output - largest);
            sum += output;
        }

        foreach (ref var output in outputs)
        {
            output /= sum;
        }
    }
}
