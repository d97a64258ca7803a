using System.IO.Compression;
using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Hosting;
using LoanRisk.MLNet.Writing;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Hosting;

public sealed class ModelFileTests
{
    private static readonly InputSchema Schema = ProductColumns.Of(PeerLoan.Product);

    private static TreeModel Trees => TrainedProducts.Champion.Trees;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_zip_predicts_what_MLNet_does_for_every_level_unseen_and_missing_values(bool calibrated)
    {
        var zip = ZipWriter.Write(Trees, Schema, calibrated ? ZipProbability.Platt(1.3, -0.2) : ZipProbability.Own);
        var (model, reader) = (ModelFile.Read(zip), RowReader<LoanRow>.For(ModelFile.Read(zip)));
        var ml = new MLContext(seed: 0);
        var engine = ml.Model.CreatePredictionEngine<LoanRow, LoanOutput>(ml.Model.Load(new MemoryStream(zip), out _));
        var features = new double[Trees.FeatureCount];

        Assert.All(LoanRow.Some(400), row =>
        {
            reader.Read(row, features);
            var expected = engine.Predict(row);
            Assert.Equal(expected.Score, (float)model.Trees.PredictRaw(features));
            Assert.Equal(expected.Probability, model.Output(features), 1e-6);
        });
        Assert.Equal(calibrated, model.Calibrator is not null);
    }

    [Fact]
    public void Zips_without_the_text_and_damaged_files_are_refused_with_a_reason()
    {
        var zip = ZipWriter.Write(Trees, Schema, ZipProbability.Own);
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry(ZipWriter.TextEntry)!.Delete();
        }

        Assert.Contains(ZipWriter.TextEntry, Refused(stream.ToArray()));
        Assert.Contains("no zip", Refused(zip[..^200]));
        Assert.NotEmpty(Refused("PK nonsense"u8.ToArray()));
        Assert.NotEmpty(Refused("no model"u8.ToArray()));
    }

    [Fact]
    public void Levels_of_a_text_that_do_not_fit_its_columns_are_refused()
    {
        var text = File.ReadAllText(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_pandas", "model.txt"));

        Assert.Equal(4, ModelFile.Read(Encoding.UTF8.GetBytes(text)).Levels.Count);
        Assert.Contains("3 under categorical_feature", Refused(Encoding.UTF8.GetBytes(
            text.Replace("[categorical_feature: 1,2,4,5]", "[categorical_feature: 1,2,4]", StringComparison.Ordinal))));
        Assert.Contains("no list of lists", Refused(Encoding.UTF8.GetBytes(
            text.Replace("pandas_categorical:[[", "pandas_categorical:[[[", StringComparison.Ordinal))));
    }

    private static string Refused(byte[] content) => Assert.Throws<TreeModelException>(() => ModelFile.Read(content)).Message;

    private sealed class LoanOutput
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
