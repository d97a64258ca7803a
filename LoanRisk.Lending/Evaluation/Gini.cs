namespace LoanRisk.Lending.Evaluation;

/// <summary>Gini coefficient (accuracy ratio) as lenders use it: 2 AUC - 1.</summary>
public static class Gini
{
    /// <summary>0 for no order, 1 for a perfect one.</summary>
    public static double Of(double auc) => (2 * auc) - 1;
}
