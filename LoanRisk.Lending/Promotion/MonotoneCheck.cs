using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Promotion;

/// <summary>Does the candidate keep every direction of the product that it was grown under, for every row there can be?</summary>
internal static class MonotoneCheck
{
    public static GateCheck Of(LoanProduct product, TreeModel trees)
    {
        var proofs = Kept(product, trees).Select(f => MonotonicityProof.Of(trees, f, product.Features[f].Monotone)).ToArray();
        var failed = proofs.Where(p => p.Result != MonotonicityResult.Proven).ToArray();
        var free = product.Features.Where((f, i) => f.Monotone != 0 && proofs.All(p => p.Feature != f.Name)).Select(f => f.Label).ToArray();
        var sentence = (proofs.Length, failed.Length) switch
        {
            (0, _) => "The model was grown under no direction of the product.",
            (_, 0) => $"Proven over the whole model: {string.Join("; ", proofs.Select(p => Words(product, p)))}.",
            _ => string.Join(" ", failed.Select(p => Objection(product, p))),
        };
        return new GateCheck(
            "monotone",
            failed.Length == 0,
            free.Length == 0 ? sentence : $"{sentence} No direction was asked of {string.Join(", ", free)}.",
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["directions"] = proofs.Length, ["proven"] = proofs.Length - failed.Length, ["largestBreak"] = failed.Max(
                    p => p.CounterExample?.By)
                    ?? 0,
            });
    }

    private static IEnumerable<int> Kept(LoanProduct product, TreeModel trees) =>
        Enumerable.Range(0, Math.Min(product.Features.Count, trees.MonotoneConstraints.Length))
            .Where(f => product.Features[f].Monotone != 0 && trees.MonotoneConstraints[f] == product.Features[f].Monotone);

    private static string Words(LoanProduct product, MonotonicityProof proof) =>
        $"risk never {(proof.Direction > 0 ? "falls" : "rises")} with {Label(product, proof)}";

    private static string Objection(LoanProduct product, MonotonicityProof proof)
    {
        var turn = proof.Direction > 0 ? "falls" : "rises";
        if (proof.CounterExample is not { } example)
        {
            return $"{proof.BreakingTrees} of {CountedNoun.Of(proof.Trees, "tree")} {(proof.BreakingTrees == 1 ? "lets" : "let")} the "
                + $"risk {turn.TrimEnd('s')} with {Label(product, proof)}; that their sum never does is not proven.";
        }

        var place = product.FeatureNames.TakeWhile(n => n != proof.Feature).Count();
        return $"The risk {turn} with {Label(product, proof)}: from {example.LowerRow[place]:R} to {example.HigherRow[place]:R}, "
            + "all else equal, " +
            $"the raw score goes from {example.LowerScore:0.0000} to {example.HigherScore:0.0000}.";
    }

    private static string Label(LoanProduct product, MonotonicityProof proof) => product.Find(proof.Feature)?.Label ?? proof.Feature;
}
