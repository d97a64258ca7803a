using LoanRisk.MLNet.Reading;
using LoanRisk.Trees;
using Microsoft.ML.Trainers.FastTree;

namespace LoanRisk.MLNet.Scoring;

/// <summary>Compares a tree that ML.NET loaded with the one it should have.</summary>
/// <param name="index">Its place, for messages.</param>
/// <param name="expected">The tree over ML.NET's feature vector.</param>
/// <param name="found">The tree that ML.NET has.</param>
internal sealed class TreeProof(int index, Tree expected, RegressionTree found)
{
    /// <summary>Compares nodes and leaves.</summary>
    /// <exception cref="ZipMismatchException">They differ; the message names tree, node or leaf.</exception>
    public void Check()
    {
        if (found.NumberOfLeaves != expected.LeafCount)
        {
            throw new ZipMismatchException($"Tree {index} of the zip has {found.NumberOfLeaves} leaves, the model {expected.LeafCount}.");
        }

        var missing = MLNetInternals.DefaultValues(found) ?? new float[expected.NodeCount];
        for (var node = 0; node < expected.NodeCount; node++)
        {
            CheckNode(node);
            Require(node, "reads missing as", missing[node], MissingValue(node));
        }

        for (var leaf = 0; leaf < expected.LeafCount; leaf++)
        {
            if (BitConverter.DoubleToInt64Bits(found.LeafValues[leaf]) != BitConverter.DoubleToInt64Bits(expected.LeafValue[leaf]))
            {
                throw new ZipMismatchException(
                    $"Tree {index}: leaf {leaf} of the zip is {found.LeafValues[leaf]:R}, that of the model {expected.LeafValue[leaf]:R}.");
            }
        }
    }

    private void CheckNode(int node)
    {
        var isSet = expected.DecisionType[node].IsCategorical;
        Require(node, "looks a category up:", found.CategoricalSplitFlags[node], isSet);
        // LightGBM's set goes left; ML.NET's goes to the side that it calls greater.
        Require(node, "goes left to", found.LeftChild[node], isSet ? expected.RightChild[node] : expected.LeftChild[node]);
        Require(node, "goes right to", found.RightChild[node], isSet ? expected.LeftChild[node] : expected.RightChild[node]);
        if (isSet)
        {
            CheckSet(node);
            return;
        }

        Require(node, "splits slot", found.NumericalSplitFeatureIndexes[node], expected.SplitFeature[node]);
        Require(node, "has the threshold", found.NumericalSplitThresholds[node], (float)expected.Threshold[node]);
    }

    private void CheckSet(int node)
    {
        var slots = Slots(node).ToList();
        Require(node, "has the slots", string.Join(" ", found.GetCategoricalSplitFeaturesAt(node)), string.Join(" ", slots));
        Require(
            node,
            "has slots from and to",
            string.Join(" ", found.GetCategoricalCategoricalSplitFeatureRangeAt(node)),
            $"{slots[0]} {slots[^1]}");
    }

    private IEnumerable<int> Slots(int node)
    {
        var set = (int)expected.Threshold[node];
        var (first, end) = (expected.CategoryBoundaries[set], expected.CategoryBoundaries[set + 1]);
        return Enumerable.Range(0, 32 * (end - first))
            .Where(bit => (expected.CategoryBits[first + (bit >> 5)] >> (bit & 31) & 1) != 0)
            .Select(bit => expected.SplitFeature[node] + bit);
    }

    private float MissingValue(int node)
    {
        var (decision, threshold) = (expected.DecisionType[node], expected.Threshold[node]);
        return decision.IsCategorical || decision.Missing == MissingType.None ? 0
            : decision.DefaultLeft ? (float)threshold
            : (float)(threshold + 1);
    }

    private void Require<T>(int node, string what, T inZip, T inModel)
        where T : notnull
    {
        if (!inZip.Equals(inModel))
        {
            throw new ZipMismatchException($"Tree {index}: node {node} of the zip {what} {inZip}, that of the model {inModel}.");
        }
    }
}
