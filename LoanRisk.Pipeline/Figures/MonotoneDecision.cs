namespace LoanRisk.Pipeline.Figures;

/// <summary>What one direction costs.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Direction">+1 or -1.</param>
/// <param name="AucAlone">Cross-validated AUC with this direction alone.</param>
/// <param name="CostAlone">AUC with none minus <paramref name="AucAlone"/>; negative when the direction helps.</param>
/// <param name="AucAdded">AUC with the directions kept before it and this one.</param>
/// <param name="Kept">The decision.</param>
public sealed record DirectionCost(string Feature, int Direction, double AucAlone, double CostAlone, double AucAdded, bool Kept);

/// <summary>The directions that were kept, and why.</summary>
/// <param name="Rule">The rule in words.</param>
/// <param name="Tolerance">AUC that all kept directions together may cost against none.</param>
/// <param name="None">Without any direction.</param>
/// <param name="All">With every direction of the product.</param>
/// <param name="Chosen">With those that were kept.</param>
/// <param name="Directions">Each one's cost, cheapest first; empty when nothing was weighed.</param>
/// <param name="Kept">Names of the features whose direction was kept, in feature order.</param>
public sealed record MonotoneDecision(
    string Rule,
    double Tolerance,
    CrossValidationResult? None,
    CrossValidationResult? All,
    CrossValidationResult Chosen,
    IReadOnlyList<DirectionCost> Directions,
    IReadOnlyList<string> Kept);
