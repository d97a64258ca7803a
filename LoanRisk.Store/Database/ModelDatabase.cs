namespace LoanRisk.Store.Database;

/// <summary>The database of data sets, trials, models and jobs.</summary>
internal static class ModelDatabase
{
    /// <summary>Its file, where it is SQLite's.</summary>
    public const string FileName = "models.db";

    /// <summary>What it is of.</summary>
    public static DatabasePart Part { get; } = new(FileName, Migrations.Models, Migrations.PostgresModels, "models");

    /// <inheritdoc cref="DatabasePart.Open"/>
    public static SharedDatabase Open(DataFolder folder, TimeSpan? busyTimeout = null) => Part.Open(folder, busyTimeout);
}
