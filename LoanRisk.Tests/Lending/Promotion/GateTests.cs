using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;
using LoanRisk.Pipeline.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Promotion;

/// <summary>Loans drawn with their honest probability, and what the gate says of models that give it or something else.</summary>
public abstract class GateTests
{
    /// <summary>
    /// The signal is an honest probability; noise makes a model that knows less but is as honest about it.
    /// </summary>
    protected static (double[] Signal, double[] Blurred, bool[] Bad) Loans { get; } = Draw(4000, 71);

    /// <summary>A product with the usual rule of promotion.</summary>
    protected static LoanProduct Product { get; } = TinyLoan.Product with { Promotion = PromotionRule.Default };

    /// <summary>Judges a candidate beside a champion, over the loans.</summary>
    protected static GateJudgement Judge(double[] candidate, double[] champion, LoanProduct? product = null, TreeModel? trees = null) =>
        Over(
            PromotionGate.Judge(
                product
                    ?? Product, new GateContest(
                        Model(candidate) with { Trees = trees ?? TinyModel.Trees }, Model(champion)), Loans.Bad, new Resampling(1, 200)));

    /// <summary>A judgement of these checks.</summary>
    protected static GateJudgement Over(IReadOnlyList<GateCheck> checks) => GateJudgement.Of("candidate", "champion", "In a test.", checks);

    /// <summary>A model that gives the loans these probabilities.</summary>
    protected static GateModel Model(double[] probabilities) => GateModel.Of(TinyModel.Package, probabilities);

    /// <summary>The check that the candidate failed by.</summary>
    protected static GateCheck Failed(GateJudgement verdict, string name)
    {
        Assert.False(verdict.Passed);
        var check = verdict.Checks.Single(c => c.Name == name);
        Assert.False(check.Passed);
        Assert.Contains(check.Sentence, verdict.Objections());
        return check;
    }

    /// <summary>Log-odds are the sum of two normal-like parts; who sees only one answers with the mean over the other.</summary>
    protected static (double[] Signal, double[] Blurred, bool[] Bad) Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var (signal, blurred, bad) = (new double[rows], new double[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            var (seen, hidden) = (random.NextBelow(5) - 2, random.NextBelow(2) == 0 ? -0.8 : 0.8);
            signal[i] = Probability(seen + hidden);
            blurred[i] = (Probability(seen - 0.8) + Probability(seen + 0.8)) / 2;
            bad[i] = random.NextDouble() < signal[i];
        }

        return (signal, blurred, bad);
    }

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(1.5 - (0.8 * logOdds)));
}
