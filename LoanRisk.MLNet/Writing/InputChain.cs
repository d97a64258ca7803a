using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Writing;

/// <summary>The transformers from the input columns to ML.NET's feature vector: ranks and one-hot slots by fixed levels.</summary>
internal sealed class InputChain
{
    private readonly MLContext _ml;
    private readonly InputSchema _schema;
    private readonly List<ITransformer> _transformers = [];
    private IDataView _data;

    private InputChain(MLContext ml, InputSchema schema) => (_ml, _schema, _data) = (ml, schema, RowsView.Empty(schema));

    /// <summary>Makes the transformers and the data that they leave behind: its last column is Features, and it has no rows.</summary>
    public static (IReadOnlyList<ITransformer> Transformers, IDataView Data) Of(MLContext ml, InputSchema schema)
    {
        var chain = new InputChain(ml, schema);
        chain.Add();
        return (chain._transformers, chain._data);
    }

    private void Add()
    {
        var inputs = _schema.Columns.Select(column => column.Kind == ColumnKind.Number ? column.Name : AddKey(column)).ToArray();
        AddRanks([.. Keys(inputs, ColumnKind.Rank)]);
        var categories = Keys(inputs, ColumnKind.Category).Select(key => new InputOutputColumnPair(key.Name)).ToArray();
        if (categories.Length > 0)
        {
            Add(_ml.Transforms.Conversion.MapKeyToVector(categories));
        }

        Add(_ml.Transforms.Concatenate("Features", inputs));
    }

    private IEnumerable<(string Name, InputColumn Column)> Keys(string[] inputs, ColumnKind kind) =>
        inputs.Zip(_schema.Columns).Where(pair => pair.Second.Kind == kind);

    private string AddKey(InputColumn column)
    {
        var levels = _ml.Data.LoadFromEnumerable(column.Levels.Select(level => new NamedLevel { Level = level }));
        var name = NewName($"{column.Name} as {(column.Kind == ColumnKind.Rank ? "rank" : "slots")}");
        Add(_ml.Transforms.Conversion.MapValueToKey(name, column.Name, keyData: levels));
        return name;
    }

    // Keys count from 1, and 0 is any other text. A map from texts to ranks would make rank 0 of what it does not know.
    private void AddRanks((string Name, InputColumn Column)[] ranks)
    {
        if (ranks.Length > 0)
        {
            Add(_ml.Transforms.Conversion.ConvertType([.. ranks.Select(rank => new InputOutputColumnPair(rank.Name))], DataKind.UInt32));
        }

        foreach (var (name, column) in ranks)
        {
            var keys = Enumerable.Range(0, column.Levels.Length + 1)
                .Select(key => new RankedKey { Key = (uint)key, Rank = key == 0 ? float.NaN : key - 1 });
            var map = _ml.Data.LoadFromEnumerable(keys);
            Add(_ml.Transforms.Conversion.MapValue(name, map, map.Schema[nameof(RankedKey.Key)], map.Schema[nameof(RankedKey.Rank)]));
        }
    }

    // A feature may be called as another one's slots are.
    private string NewName(string name)
    {
        while (_data.Schema.GetColumnOrNull(name) is not null)
        {
            name += "'";
        }

        return name;
    }

    private void Add<T>(IEstimator<T> estimator)
        where T : class, ITransformer
    {
        var transformer = estimator.Fit(_data);
        _transformers.Add(transformer);
        _data = transformer.Transform(_data);
    }

    private sealed class NamedLevel
    {
        public string Level { get; init; } = "";
    }

    private sealed class RankedKey
    {
        public uint Key { get; init; }

        public float Rank { get; init; }
    }
}
