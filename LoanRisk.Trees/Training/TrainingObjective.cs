namespace LoanRisk.Trees.Training;

/// <summary>What is learned: LightGBM's <c>objective</c>.</summary>
public enum TrainingObjective
{
    /// <summary>Log loss of a label of 0 or 1; the output is the probability of 1.</summary>
    Binary,

    /// <summary>Squared error of a number, LightGBM's <c>regression</c> (l2); the output is the mean.</summary>
    Regression,

    /// <summary>Poisson deviance of a count or an amount of at least 0; the output is the mean, always above 0.</summary>
    Poisson,

    /// <summary>Log loss of a label from 0 to 1, itself a probability; the output is the probability.</summary>
    CrossEntropy,

    /// <summary>Softmax log loss of a class 0 .. num_class - 1; the outputs are the classes' probabilities, which sum to 1.</summary>
    Multiclass,

    /// <summary>One binary log loss a class, that class against the rest; each output is a probability of its own.</summary>
    MulticlassOva,
}
