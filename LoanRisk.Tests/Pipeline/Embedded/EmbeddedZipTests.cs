using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Scoring;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.MLNet;
using LoanRisk.Trees;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.Pipeline.Embedded;

[Slow]
public sealed class EmbeddedZipTests(TrainedPeerLoan trained)
{
    private static readonly double[][] Rows =
        [
            .. new[] { "N", "E", "S", "X" }.SelectMany(
                region =>
                    new[] { "low", "mid", null }.Select(
                        rating => TinyLoan.Application("900", rating: rating, region: region).Row.ToArray())),
        ];

    public static TheoryData<ProbabilityCalibration> Expressible =>
    [
        PlattCalibration.Identity,
        new PlattCalibration(1.3, -0.4),
        new IsotonicCalibration([new(-2, 0.05), new(0, 0.2), new(0.5, 0.2), new(1.5, 0.8)]),
    ];

    [Fact]
    public void The_columns_are_the_products_features()
    {
        var columns = ProductColumns.Of(TinyLoan.Product).Columns;

        Assert.Equal(["amount", "rate", "owner", "rating", "region"], columns.Select(column => column.Name));
        Assert.Equal(
            [ColumnKind.Number, ColumnKind.Number, ColumnKind.Rank, ColumnKind.Rank, ColumnKind.Category],
            columns.Select(column => column.Kind));
        Assert.Equal(5000, columns[0].Largest);
        Assert.Equal(["low", "mid", "high"], columns[3].Levels);
        Assert.False(columns[4].MayBeMissing);
        Assert.True(columns[4].MayBeUnseen);
        Assert.False(columns[2].MayBeUnseen);
    }

    [Theory]
    [MemberData(nameof(Expressible))]
    public void Score_and_Probability_are_the_packages(ProbabilityCalibration calibration)
    {
        var model = EmbeddedZip.Of(TinyLoan.Product, TinyModel.Trees, calibration);

        Assert.Null(model.Note);
        var scored = ZipCase.Load(model.Zip!.Value.ToArray()).Transform(View);
        foreach (var (row, score, probability) in Rows.Zip(scored.GetColumn<float>("Score"), scored.GetColumn<float>("Probability")))
        {
            Assert.Equal((float)TinyModel.Trees.PredictRaw(row), score);
            Assert.Equal(calibration.Probability(TinyModel.Trees.PredictRaw(row)), probability, 1e-6);
        }

        Assert.Contains("Its Probability is calibrated as above.", EmbeddedZip.CardText(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_that_ML_NET_has_not_is_said_and_Probability_is_LightGBMs()
    {
        var model = EmbeddedZip.Of(TinyLoan.Product, TinyModel.Trees, new BetaCalibration(0.5, 1.5, 0.1));

        Assert.Equal(
            "The Probability of model.zip is LightGBM's own sigmoid of its Score, for ML.NET has no beta calibration.", model.Note);
        Assert.EndsWith(model.Note, EmbeddedZip.CardText(model), StringComparison.Ordinal);
        var probabilities = ZipCase.Load(model.Zip!.Value.ToArray()).Transform(View).GetColumn<float>("Probability");
        Assert.All(Rows.Zip(probabilities), pair => Assert.Equal(TinyModel.Trees.Predict(pair.First), pair.Second, 1e-6));
    }

    [Fact]
    public void A_model_that_ML_NET_cannot_score_is_left_out_with_the_reason()
    {
        var forest = new TreeModel
        {
            Objective = TinyModel.Trees.Objective, FeatureNames = TinyModel.Trees.FeatureNames, FeatureInfos = TinyModel.Trees.FeatureInfos,
            Trees = TinyModel.Trees.Trees,
            AverageOutput = true,
        };

        var model = EmbeddedZip.Of(TinyLoan.Product, forest, PlattCalibration.Identity);

        Assert.Null(model.Zip);
        Assert.StartsWith(
            "There is no model.zip, for ML.NET cannot score this model: The model is a random forest",
            model.Note,
            StringComparison.Ordinal);
        Assert.Equal(model.Note, EmbeddedZip.CardText(model));
    }

    [Fact]
    public void A_trained_package_has_a_model_for_ML_NET_that_scores_as_its_trees_do()
    {
        var package = trained.Package;
        using var embedded = EmbeddedModel.Load(package.MLNet!.Value, ProductColumns.Of(PeerLoan.Product), package.Trees);

        Assert.Contains("`model.zip` is the same model for ML.NET", package.Text(PackageFiles.Card), StringComparison.Ordinal);
        foreach (var example in PeerLoan.Product.Examples)
        {
            var fields = example.Values.ToDictionary(
                value => value.Key, value => LoanRisk.Lending.Applications.FieldValue.OfText(value.Value), StringComparer.Ordinal);
            double[] row =
            [
                .. LoanRisk.Lending.Applications.LoanApplication.Check(
                    PeerLoan.Product, fields, LoanRisk.Lending.Applications.InputStyle.Text).Application!.Row,
            ];
            Assert.Equal((float)package.Trees.PredictRaw(row), embedded.RawScore(row));
        }
    }

    private static RowsView View =>
        new(ProductColumns.Of(TinyLoan.Product), [.. TinyLoan.Product.Features.Select(_ => FloatColumn.Free)], Rows);
}
