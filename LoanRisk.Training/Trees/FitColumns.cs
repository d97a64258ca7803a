using LoanRisk.Pipeline;

namespace LoanRisk.Training.Trees;

/// <summary>What the columns of a file are to training; all that are not named are numbers.</summary>
/// <param name="Label">The column to learn.</param>
/// <param name="Categorical">The columns that hold categories.</param>
/// <param name="Weight">The column that says how much a row counts, or null when all count alike.</param>
public sealed record FitColumns(string Label, IReadOnlyList<string> Categorical, string? Weight = null)
{
    /// <summary>The columns of a header that are features, in its order.</summary>
    /// <exception cref="InvalidOptionException">A column has two parts to play.</exception>
    public IReadOnlyList<string> Features(IEnumerable<string> header)
    {
        if (Categorical.Contains(Label))
        {
            throw new InvalidOptionException($"The label {Label} cannot be a categorical feature.");
        }

        if (Weight is not null && (Weight == Label || Categorical.Contains(Weight)))
        {
            throw new InvalidOptionException(
                $"The weight {Weight} cannot be {(Weight == Label ? "the label" : "a categorical feature")} too.");
        }

        return [.. header.Where(h => h != Label && h != Weight)];
    }
}
