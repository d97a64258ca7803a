using System.Collections.Immutable;
using System.Globalization;
using LoanRisk.MLNet.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// Finds out what stands in a model's feature vector by sending values through the transformers before its trees, one column at a time.
/// Nothing is believed of names: a slot holds a column's number when it is that number for every probe, and a category when it is 1 for
/// that level alone.
/// </summary>
internal sealed class SlotProbe
{
    private const string Unseen = "a level that no product has";

    private static readonly float[] Numbers = [0, 1, -1, 0.37f, 12_345.679f, -3e7f, 1e-20f];

    private static readonly float[] WholeNumbers = [1, -1, 12_345, -30_000_000];

    private readonly InputSchema _schema;
    private readonly IReadOnlyList<ColumnSource> _sources;
    private readonly DataViewSchema _input;
    private readonly ProbeTable _table;
    private readonly List<ColumnProbe> _probes = [];

    private SlotProbe(InputSchema schema, IReadOnlyList<ColumnSource> sources, DataViewSchema input) =>
        (_schema, _sources, _input, _table) = (schema, sources, input, new ProbeTable(input));

    /// <summary>The slots of the vector that the trees take; a slot that no column of the feature row moves has the column -1.</summary>
    /// <param name="chain">The transformers before the trees.</param>
    /// <param name="input">The model's input columns.</param>
    /// <param name="features">Name of the vector.</param>
    /// <param name="schema">The columns of the feature row.</param>
    /// <param name="sources">How each may be called.</param>
    /// <exception cref="UntellableModelException">A column is missing, or becomes something else than its number or categories.</exception>
    public static ImmutableArray<Slot> Find(
        ITransformer chain, DataViewSchema input, string features, InputSchema schema, IReadOnlyList<ColumnSource> sources)
    {
        var probe = new SlotProbe(schema, sources, input);
        return probe.Find(chain, features);
    }

    private ImmutableArray<Slot> Find(ITransformer chain, string features)
    {
        var empty = _table.AddEmpty();
        for (var column = 0; column < _schema.Columns.Length; column++)
        {
            _probes.Add(ProbeOf(column));
        }

        var vectors = _table.Vectors(chain, features);
        var slots = Enumerable.Repeat(new Slot(-1, null), vectors[0].Length).ToArray();
        for (var column = 0; column < _probes.Count; column++)
        {
            Read(column, vectors, vectors[empty], slots);
        }

        return [.. slots];
    }

    private ColumnProbe ProbeOf(int column)
    {
        var source = _sources[column];
        var name = source.Names.FirstOrDefault(n => _input.GetColumnOrNull(n) is not null)
            ?? throw new UntellableModelException(
                $"The model's input has no column {string.Join(" or ", source.Names.Distinct())}; "
                + $"it has {string.Join(", ", _input.Where(c => !c.IsHidden).Select(c => c.Name))}.");
        var isText = _input[name].Type is TextDataViewType;
        if (_schema.Columns[column].Kind == ColumnKind.Number)
        {
            return isText
                ? throw new UntellableModelException($"The model's input {name} is text; in the product it is a number.")
                : new ColumnProbe(name, [.. (IsWhole(name) ? WholeNumbers : Numbers).Select(n => new Probed(Add(name, n), n))]);
        }

        return new ColumnProbe(
            name,
            [
                .. source.Levels.SelectMany((spellings, level) => Texts(spellings, level, isText).Select(
                    text => new Probed(_table.Add(name, text), level))),
                // A level that the product refuses never comes.
                .. isText && _schema.Columns[column].MayBeUnseen
                    ? [new Probed(_table.Add(name, Unseen), float.NaN)]
                    : Array.Empty<Probed>(),
            ]);
    }

    // Where levels are numbers in the model's input they are those that the level is spelled as, else the codes.
    private static ImmutableArray<string> Texts(ImmutableArray<string> spellings, int level, bool isText) =>
        isText ? spellings
        : double.TryParse(spellings[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? [spellings[0]]
        : [level.ToString(CultureInfo.InvariantCulture)];

    private int Add(string column, float number) => _table.Add(column, number.ToString("R", CultureInfo.InvariantCulture));

    private void Read(int column, IReadOnlyList<float[]> vectors, float[] empty, Slot[] slots)
    {
        var probe = _probes[column];
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var answers = probe.Values.Select(value => vectors[value.Row][slot]).ToArray();
            if (answers.All(answer => answer.Equals(empty[slot])))
            {
                continue;
            }

            if (slots[slot].Column >= 0)
            {
                throw new UntellableModelException(
                    $"Slot {slot} of the model's feature vector is made of {_probes[slots[slot].Column].Name} and {probe.Name} together; "
                    + "trees can only be told over columns as they are.");
            }

            slots[slot] = SlotOf(column, slot, answers, empty[slot]);
        }
    }

    private Slot SlotOf(int column, int slot, float[] answers, float empty)
    {
        var (kind, probe) = (_schema.Columns[column].Kind, _probes[column]);
        var levels = probe.Values.Select(value => value.Value).ToArray();
        switch (kind)
        {
            case ColumnKind.Number when answers.SequenceEqual(levels) && IsMissing(probe.Name, empty):
                return new Slot(column, null);
            case ColumnKind.Rank when float.IsNaN(empty) && RankValues(levels, answers) is { } values:
                return new Slot(column, null) { RankValues = values };
            case ColumnKind.Category when empty == 0 && CategoryOf(levels, answers) is { } category:
                return new Slot(column, category);
        }

        throw new UntellableModelException(Sentence(kind, probe.Name, slot));
    }

    // Whole numbers cannot be missing, so a row without one holds 0.
    private bool IsMissing(string column, float empty) => float.IsNaN(empty) || (empty == 0 && IsWhole(column));

    private bool IsWhole(string column) =>
        _input[column].Type == NumberDataViewType.Int32 || _input[column].Type == NumberDataViewType.Int64;

    private static ImmutableArray<float>? RankValues(float[] levels, float[] answers)
    {
        var values = new SortedDictionary<int, float>();
        foreach (var (level, answer) in levels.Zip(answers))
        {
            // Of a level's spellings the model may know some.
            if (!float.IsNaN(answer) && (float.IsNaN(level) || !(values.TryAdd((int)level, answer) || values[(int)level] == answer)))
            {
                return null;
            }
        }

        var ordered = values.Values.ToArray();
        var rises = ordered.Zip(ordered.Skip(1)).All(pair => pair.First < pair.Second);
        return rises && ordered.Length == levels.Where(level => !float.IsNaN(level)).Distinct().Count() ? [.. ordered] : null;
    }

    private static int? CategoryOf(float[] levels, float[] answers)
    {
        var set = levels.Zip(answers).Where(pair => pair.Second != 0).ToList();
        var category = set[0].First;
        return !float.IsNaN(category)
            && set.TrueForAll(pair => pair is { Second: 1 } && pair.First == category)
            ? (int)category
            : null;
    }

    private static string Sentence(ColumnKind kind, string name, int slot) => kind switch
    {
        ColumnKind.Number =>
            $"The model changes {name} before the trees see it (slot {slot}: scaled, filled in where missing, or cut); only a number that "
            + "goes to the trees as it is, and missing as NaN, can be told.",
        ColumnKind.Rank =>
            $"The model's slot {slot} holds no rank of {name}: every level of the product must become a number that rises with the rank, "
            + "and any other text NaN.",
        _ =>
            $"The model's slot {slot} is no category of {name}: a slot must be 1 for one level of the product and 0 for all others, "
            + "for any other text and where it is missing.",
    };

    private sealed record ColumnProbe(string Name, IReadOnlyList<Probed> Values);

    private readonly record struct Probed(int Row, float Value);
}
