namespace LoanRisk.Trees.Training.Losses;

/// <summary>What training makes small: its derivatives, and the scores to start from.</summary>
internal interface ILoss
{
    /// <summary>The loss of the parameters' objective.</summary>
    public static ILoss Of(TrainingTable table, TrainingParameters parameters) => parameters.Objective switch
    {
        TrainingObjective.Regression => new SquaredLoss(table, parameters),
        TrainingObjective.Poisson => new PoissonLoss(table, parameters),
        TrainingObjective.CrossEntropy => new CrossEntropyLoss(table),
        TrainingObjective.Multiclass => new SoftmaxLoss(table, parameters),
        TrainingObjective.MulticlassOva => new OneAgainstRestLoss(table, parameters),
        _ => new BinaryLogLoss(table, parameters),
    };

    /// <summary>The model's <c>objective=</c> line, which also says how raw scores become outputs.</summary>
    public string Objective { get; }

    /// <summary>Scores a row has, and trees an iteration: one a class, else 1.</summary>
    public int Outputs { get; }

    /// <summary>False when the labels leave an output nothing to learn, as with one class alone.</summary>
    public bool CanLearn(int output);

    /// <summary>The constant score that fits the weighted labels best.</summary>
    public double BaseScore(int output);

    /// <summary>First and second derivative of every row's weighted loss by its scores.</summary>
    /// <param name="scores">One array an output, one value a row.</param>
    /// <param name="gradients">Overwritten; shaped as <paramref name="scores"/>.</param>
    /// <param name="threads">The threads to use; results do not depend on them.</param>
    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads);
}

/// <summary>First and second derivative of one row's loss by its raw score, in single precision as LightGBM keeps them.</summary>
internal readonly record struct GradientPair(float Gradient, float Hessian);
