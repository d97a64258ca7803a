namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>What a label must be for the objective, as the end of a sentence.</summary>
    public string LabelsAllowed => Objective switch
    {
        TrainingObjective.Binary => "0 or 1",
        TrainingObjective.Poisson => "a number from 0 to 3.4e38 for objective poisson",
        TrainingObjective.CrossEntropy => "a number from 0 to 1 for objective cross_entropy",
        TrainingObjective.Multiclass or TrainingObjective.MulticlassOva => $"a whole number from 0 to {NumClass - 1}, for num_class is {NumClass}",
        _ => "a number from -3.4e38 to 3.4e38 for objective regression",
    };

    /// <summary>Whether the objective can learn from a label.</summary>
    public bool AllowsLabel(float label) => Objective switch
    {
        TrainingObjective.Binary => label is 0 or 1,
        TrainingObjective.Poisson => label >= 0 && float.IsFinite(label),
        TrainingObjective.CrossEntropy => label is >= 0 and <= 1,
        TrainingObjective.Multiclass or TrainingObjective.MulticlassOva => label >= 0 && label < NumClass && float.IsInteger(label),
        _ => float.IsFinite(label),
    };
}
