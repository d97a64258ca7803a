using LoanRisk.Store.Database;

namespace LoanRisk.Store.Decisions;

/// <summary>The database of decisions with its rows in the form of this version.</summary>
internal static class DecisionDatabase
{
    /// <inheritdoc cref="DatabaseFile.Open"/>
    /// <param name="folder">The data folder.</param>
    /// <param name="busyTimeout">How long a statement waits for a lock that another program holds; in whole seconds.</param>
    /// <param name="told">Told how far the rows of an earlier version are, when they are many.</param>
    public static DatabaseFile Open(DataFolder folder, TimeSpan busyTimeout, Action<string>? told = null) =>
        DatabaseFile.Open(folder, busyTimeout, (connection, path) => DecisionUpgrade.Run(connection, path, told));
}
