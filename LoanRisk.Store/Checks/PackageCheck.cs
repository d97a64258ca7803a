using System.Data.Common;
using Dapper;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Checks;

/// <summary>The files of every registered model still hash to its id, whichever product it is of.</summary>
internal static class PackageCheck
{
    public static IEnumerable<CheckLine> Run(DbConnection connection)
    {
        var models = connection.Query<(string Id, string Product, string State)>(
            "SELECT id, product, state FROM models ORDER BY rowid").ToList();
        List<CheckLine> faults = [.. models.Where(model => !IsWhole(connection, model.Id)).Select(model => new CheckLine(
            $"model {model.Id[..12]}", CheckState.Damaged, $"the files of this {model.State} of {model.Product} do not hash to its id: "
                + "they were changed after registration"))];
        return faults.Count > 0 || models.Count == 0
            ? faults
            : [new CheckLine("packages", CheckState.Fine, $"all files of {models.Count:N0} hash to the models' ids")];
    }

    private static bool IsWhole(DbConnection connection, string id) => id == PackageFiles.IdOf(
        connection.Query<(string Name, byte[] Content)>(
            $"SELECT name, {Dialect.Of(connection).Bytes("content")} FROM model_files WHERE model_id = @id", new { id })
            .ToDictionary(file => file.Name, file => (ReadOnlyMemory<byte>)file.Content, StringComparer.Ordinal));
}
