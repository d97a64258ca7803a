namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// Leaf outputs and gains of the regularized second-order objective: an output w costs
/// <c>2 G w + (H + l2) w^2</c> (plus L1) and the best one is <c>-threshold(G, l1) / (H + l2)</c>, limited by
/// max_delta_step, smoothed toward the parent by path_smooth. (Chen and Guestrin 2016, eq. 4 and 5.)
/// </summary>
internal readonly struct LeafMath
{
    /// <summary>
    /// Added to hessian sums so that an empty side never divides by zero; LightGBM's value, rounded to a float there too.
    /// </summary>
    public const double Epsilon = 1e-15f;

    private readonly double _l1;
    private readonly double _l2;
    private readonly double _maxStep;
    private readonly double _smoothing;

    public LeafMath(TrainingParameters parameters, double extraL2 = 0)
    {
        _l1 = parameters.LambdaL1;
        _l2 = parameters.LambdaL2 + extraL2;
        _maxStep = parameters.MaxDeltaStep;
        _smoothing = parameters.PathSmooth > Epsilon ? parameters.PathSmooth : 0;
    }

    /// <summary>Only L2 regularizes, so that a gain is G^2 / (H + l2).</summary>
    public bool IsPlain => _l1 == 0 && _maxStep == 0 && _smoothing == 0;

    /// <summary>The best output of a leaf with these sums.</summary>
    public double Output(double gradient, double hessian, int rows, double parentOutput)
    {
        var output = UnsmoothedOutput(gradient, hessian);
        if (_smoothing > 0)
        {
            var weight = rows / _smoothing;
            output = (output * weight / (weight + 1)) + (parentOutput / (weight + 1));
        }

        return output;
    }

    /// <summary>The best output without smoothing: the root's own.</summary>
    public double UnsmoothedOutput(double gradient, double hessian)
    {
        var output = -Thresholded(gradient) / (hessian + _l2);
        return _maxStep > 0 && Math.Abs(output) > _maxStep ? Math.CopySign(_maxStep, output) : output;
    }

    /// <summary>What a leaf with these sums gains when <see cref="IsPlain"/>.</summary>
    public double PlainGain(double gradient, double hessian) => gradient * gradient / (hessian + _l2);

    /// <summary>What a leaf with these sums gains at its best output.</summary>
    public double Gain(double gradient, double hessian, int rows, double parentOutput)
    {
        if (_maxStep > 0 || _smoothing > 0)
        {
            return GainAt(gradient, hessian, Output(gradient, hessian, rows, parentOutput));
        }

        var g = Thresholded(gradient);
        return g * g / (hessian + _l2);
    }

    /// <summary>What a leaf with these sums gains at a given output.</summary>
    public double GainAt(double gradient, double hessian, double output) =>
        -((2 * Thresholded(gradient) * output) + ((hessian + _l2) * output * output));

    private double Thresholded(double gradient) => _l1 > 0 ? Math.CopySign(Math.Max(0, Math.Abs(gradient) - _l1), gradient) : gradient;
}
