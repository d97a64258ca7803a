using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>Decides about applications for one product with one model; immutable and safe for all threads.</summary>
public sealed class Underwriter
{
    /// <exception cref="ModelPackageException">The package is of another product or schema.</exception>
    public Underwriter(LoanProduct product, ModelPackage package) => throw new NotImplementedException();

    public LoanProduct Product => throw new NotImplementedException();

    public ModelPackage Package => throw new NotImplementedException();

    /// <summary>Feature row, score, calibrated probability, reasons and policy in one step.</summary>
    public Decision Decide(LoanApplication application) => throw new NotImplementedException();
}
