namespace LoanRisk.Trees.Training.Losses;

/// <summary>The loss of an objective.</summary>
internal static class LossChoice
{
    public static ILoss Of(TrainingTable table, TrainingParameters parameters) => parameters.Objective switch
    {
        TrainingObjective.Regression => new SquaredLoss(table, parameters),
        TrainingObjective.Poisson => new PoissonLoss(table, parameters),
        TrainingObjective.CrossEntropy => new CrossEntropyLoss(table),
        TrainingObjective.Multiclass => new SoftmaxLoss(table, parameters),
        TrainingObjective.MulticlassOva => new OneAgainstRestLoss(table, parameters),
        _ => new BinaryLogLoss(table, parameters),
    };
}
