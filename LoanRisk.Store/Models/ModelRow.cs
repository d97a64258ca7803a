using System.Globalization;

namespace LoanRisk.Store.Models;

/// <summary>A line of the table <c>models</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class ModelRow
{
    public string Id { get; set; } = "";

    public string Product { get; set; } = "";

    public string SchemaVersion { get; set; } = "";

    public string State { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Source { get; set; } = "";

    public string? ParentId { get; set; }

    public string? DataVersion { get; set; }

    public string TrainedAt { get; set; } = "";

    public string RegisteredAt { get; set; } = "";

    public string RegisteredBy { get; set; } = "";

    public static ModelRow From(RegisteredModel model) => new()
    {
        Id = model.Id,
        Product = model.Product,
        SchemaVersion = model.SchemaVersion,
        State = ModelWords.Text(model.State),
        Kind = ModelWords.Text(model.Kind),
        Source = ModelWords.Text(model.Source),
        ParentId = model.ParentId,
        DataVersion = model.DataVersion,
        TrainedAt = ModelWords.Text(model.TrainedAt),
        RegisteredAt = ModelWords.Text(model.RegisteredAt),
        RegisteredBy = model.RegisteredBy,
    };

    public RegisteredModel ToModel() => new()
    {
        Id = Id,
        Product = Product,
        SchemaVersion = SchemaVersion,
        State = ModelWords.Parse<ModelState>(State),
        Kind = ModelWords.Parse<ModelKind>(Kind),
        Source = ModelWords.Parse<ModelSource>(Source),
        ParentId = ParentId,
        DataVersion = DataVersion,
        TrainedAt = ModelWords.Moment(TrainedAt),
        RegisteredAt = ModelWords.Moment(RegisteredAt),
        RegisteredBy = RegisteredBy,
    };
}

/// <summary>A line of the table <c>model_events</c>.</summary>
internal sealed class ModelEventRow
{
    public long Seq { get; set; }

    public string Product { get; set; } = "";

    public string ModelId { get; set; } = "";

    public string Kind { get; set; } = "";

    public string? PreviousId { get; set; }

    public string At { get; set; } = "";

    public string By { get; set; } = "";

    public string Reason { get; set; } = "";

    public bool Forced { get; set; }

    public string? Gate { get; set; }

    public ModelEvent ToEvent() =>
        new(Seq, Product, ModelId, ModelWords.Parse<ModelEventKind>(Kind), PreviousId, ModelWords.Moment(At), By, Reason, Forced, Gate);
}

/// <summary>How states, kinds and moments are spelled in the database.</summary>
internal static class ModelWords
{
    public static string Text(DateTimeOffset moment) => moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>Lower case, words parted by an underscore: <c>rolled_back</c>.</summary>
    public static string Text<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    public static T Parse<T>(string text)
        where T : struct, Enum =>
        Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
