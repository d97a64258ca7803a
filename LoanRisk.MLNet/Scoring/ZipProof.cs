using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Writing;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;

namespace LoanRisk.MLNet.Scoring;

/// <summary>Shows that a loaded ML.NET model is the one that <see cref="ZipWriter"/> writes for a model.</summary>
internal static class ZipProof
{
    /// <summary>Compares the transformers, what they make of the columns, and every tree.</summary>
    /// <exception cref="ZipMismatchException">It is another model; the message says where they differ.</exception>
    public static void Check(ITransformer loaded, InputSchema schema, SlotModel model)
    {
        if (loaded is not TransformerChain<ITransformer> chain)
        {
            throw new ZipMismatchException($"The zip holds a {loaded.GetType().Name}, no chain of transformers.");
        }

        ITransformer[] transformers = [.. chain];
        var scorer = Array.FindIndex(transformers, transformer => transformer is ISingleFeaturePredictionTransformer<object>);
        CheckTypes(transformers, scorer, schema);
        InputProof.Check(new TransformerChain<ITransformer>(transformers[..scorer]), schema);
        CheckTrees(Ensemble((ISingleFeaturePredictionTransformer<object>)transformers[scorer]), model);
    }

    private static void CheckTypes(ITransformer[] transformers, int scorer, InputSchema schema)
    {
        var found = transformers.Select(transformer => transformer.GetType()).ToList();
        var expected = InputTypes(schema).ToList();
        if (scorer != expected.Count || !found.Take(scorer).SequenceEqual(expected) || !found.Skip(scorer + 1).All(IsCalibrator)
            || found.Count > scorer + 2)
        {
            throw new ZipMismatchException(
                $"The zip holds the transformers {string.Join(", ", found.Select(type => type.Name))}; they must be "
                    + $"{string.Join(", ", expected.Select(type => type.Name))}, a LightGBM model and at most a calibrator.");
        }
    }

    private static IEnumerable<Type> InputTypes(InputSchema schema)
    {
        var (ranks, categories) = (Count(schema, ColumnKind.Rank), Count(schema, ColumnKind.Category));
        return
        [
            .. Enumerable.Repeat(typeof(ValueToKeyMappingTransformer), ranks + categories),
            .. Enumerable.Repeat(typeof(TypeConvertingTransformer), Math.Min(ranks, 1)),
            .. Enumerable.Repeat(typeof(ValueMappingTransformer), ranks),
            .. Enumerable.Repeat(typeof(KeyToVectorMappingTransformer), Math.Min(categories, 1)),
            typeof(ColumnConcatenatingTransformer),
        ];
    }

    private static int Count(InputSchema schema, ColumnKind kind) => schema.Columns.Count(column => column.Kind == kind);

    private static bool IsCalibrator(Type type) =>
        type == typeof(PlattCalibratorTransformer) || type == typeof(IsotonicCalibratorTransformer);

    private static RegressionTreeEnsemble Ensemble(ISingleFeaturePredictionTransformer<object> scorer) =>
        scorer is { FeatureColumnName: "Features", Model: CalibratedModelParametersBase { SubModel: LightGbmBinaryModelParameters model } }
            ? model.TrainedTreeEnsemble
            : throw new ZipMismatchException(
                $"The zip scores with {scorer.Model.GetType().Name}, no calibrated LightGBM model of Features.");

    private static void CheckTrees(RegressionTreeEnsemble found, SlotModel model)
    {
        if (found.Bias != 0 || found.TreeWeights.Any(weight => weight != 1) || found.Trees.Count != model.Trees.Length)
        {
            throw new ZipMismatchException(
                $"The zip has {found.Trees.Count} trees and the bias {found.Bias}; the model has {model.Trees.Length} trees of weight 1.");
        }

        for (var i = 0; i < model.Trees.Length; i++)
        {
            new TreeProof(i, model.Trees[i], found.Trees[i]).Check();
        }
    }
}
