using LoanRisk.Tests.Loans;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;

namespace LoanRisk.Tests.MLNet.Reading;

/// <summary>Models that a program with ML.NET alone makes of PeerLoan's data.</summary>
internal static class ForeignZip
{
    private static readonly string[] Features =
    [
        "loan_amnt", "int_rate", "purpose_slots", "grade_key", "annual_inc", "revol_util", "tenure_key", "dti", "delinq_2yrs", "home_slots",
    ];

    public static MLContext Context { get; } = new(1);

    public static IDataView Loans(string file) => Context.Data.LoadFromEnumerable(ForeignLoan.Read(file).ToList());

    /// <summary>The zip of a pipeline: ordered levels as rising numbers, others as one slot a level as ML.NET finds them.</summary>
    public static byte[] Make(string file, IEstimator<ITransformer> trainer, params IEstimator<ITransformer>[] before)
    {
        var data = Loans(file);
        var chain = Levels(Context).Append(Context.Transforms.CopyColumns("int_rate_again", "int_rate"));
        var all = before.Aggregate((IEstimator<ITransformer>)chain, (pipeline, next) => pipeline.Append(next))
            .Append(Context.Transforms.Concatenate("Features", Features))
            .Append(trainer);
        return Save(all.Fit(data), data.Schema);
    }

    public static byte[] Save(ITransformer model, DataViewSchema schema)
    {
        using var zip = new MemoryStream();
        Context.Model.Save(model, schema, zip);
        return zip.ToArray();
    }

    public static IEstimator<ITransformer> LightGbm(bool categories) =>
        Context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
    {
        NumberOfIterations = 20,
        NumberOfLeaves = 8,
        MinimumExampleCountPerLeaf = 20,
        UseCategoricalSplit = categories,
        NumberOfThreads = 1,
        Seed = 1,
    });

    public static IEstimator<ITransformer> FastTree() =>
        Context.BinaryClassification.Trainers.FastTree(numberOfTrees: 20, numberOfLeaves: 8);

    public static IEstimator<ITransformer> FastForest() =>
        Context.BinaryClassification.Trainers.FastForest(numberOfTrees: 10, numberOfLeaves: 8);

    /// <summary>ML.NET's own scores of the rows.</summary>
    public static float[] Scores(byte[] zip, string file)
    {
        using var stream = new MemoryStream(zip);
        return [.. Context.Model.Load(stream, out _).Transform(Loans(file)).GetColumn<float>("Score")];
    }

    private static EstimatorChain<OneHotEncodingTransformer> Levels(MLContext ml) => Key(ml, "grade_key", "grade")
        .Append(Key(ml, "tenure_key", "emp_length"))
        .Append(ml.Transforms.Categorical.OneHotEncoding("purpose_slots", "purpose"))
        .Append(ml.Transforms.Categorical.OneHotEncoding("home_slots", "home_ownership"));

    private static EstimatorChain<ValueMappingTransformer> Key(MLContext ml, string name, string column)
    {
        var levels = PeerLoan.Product.Features.Single(feature => feature.Name == column).Levels.Select(
            level => new NamedLevel { Level = level.Value });
        var numbers = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 20).Select(key => new KeyNumber { Key = (uint)key, Number = key == 0 ? float.NaN : (2.5f * key) - 4 }));
        return ml.Transforms.Conversion.MapValueToKey(name, column, keyData: ml.Data.LoadFromEnumerable(levels))
            .Append(ml.Transforms.Conversion.ConvertType(name, outputKind: DataKind.UInt32))
            .Append(ml.Transforms.Conversion.MapValue(name, numbers, numbers.Schema["Key"], numbers.Schema["Number"]));
    }

    private sealed class KeyNumber
    {
        public uint Key { get; init; }

        public float Number { get; init; }
    }

    private sealed class NamedLevel
    {
        public string Level { get; init; } = "";
    }
}
