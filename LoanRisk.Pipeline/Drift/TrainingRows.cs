using LoanRisk.Lending.Models;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Pipeline.Drift;

/// <summary>How the rows of a model's training were distributed, where its package says so.</summary>
public static class TrainingRows
{
    /// <summary>What the package says; null where it says nothing, as that of a model which was imported.</summary>
    public static TrainingReference? Of(ModelPackage package)
    {
        try
        {
            return TrainingReference.FromJson(package.Text(PackageFiles.Reference));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The same; what it does not say is an error.</summary>
    /// <exception cref="NoTrainingRowsException">The package says nothing.</exception>
    public static TrainingReference Required(ModelPackage package) => Of(package) ?? throw new NoTrainingRowsException(package);
}
