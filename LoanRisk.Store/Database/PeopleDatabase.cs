namespace LoanRisk.Store.Database;

/// <summary>The database of people, keys of programs and what both did.</summary>
internal static class PeopleDatabase
{
    /// <summary>Its file, where it is SQLite's: apart from the decisions, which one connection alone writes.</summary>
    public const string FileName = "people.db";

    /// <summary>What it is of.</summary>
    public static DatabasePart Part { get; } = new(FileName, Migrations.People, Migrations.PostgresPeople, "api_keys");

    /// <inheritdoc cref="DatabasePart.Open"/>
    public static SharedDatabase Open(DataFolder folder, TimeSpan? busyTimeout = null) => Part.Open(folder, busyTimeout);
}
