using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Store.Checks;

/// <summary>Every part of every data set is there and still hashes to its name.</summary>
internal static class PartCheck
{
    /// <summary>Parts that are files of a folder.</summary>
    public static IEnumerable<CheckLine> Run(DbConnection connection, DataFolder folder) => Run(connection, part =>
    {
        using var file = File.OpenRead(DataSetStore.PartPath(folder, part.Product, part.Sha256));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    });

    /// <summary>Parts that the database keeps itself.</summary>
    public static IEnumerable<CheckLine> Run(DbConnection connection) => Run(connection, part => PartPieces.HashOf(connection, part));

    private static List<CheckLine> Run(DbConnection connection, Func<(string Product, string Sha256), string> hash)
    {
        var parts = connection.Query<(string Product, string Sha256)>(
            "SELECT DISTINCT product, part_sha256 FROM ingested_files WHERE part_sha256 IS NOT NULL ORDER BY product, "
                + "part_sha256").ToList();
        List<CheckLine> faults =
        [
            .. parts.Select(part => WhyBroken(part, hash)).OfType<CheckLine>(),
        ];
        return faults.Count > 0 || parts.Count == 0
            ? faults
            :
            [
                new CheckLine(
                    "data sets",
                    CheckState.Fine,
                    parts.Count == 1 ? "the only part hashes to its name" : $"all {parts.Count:N0} parts hash to their names"),
            ];
    }

    private static CheckLine? WhyBroken((string Product, string Sha256) part, Func<(string Product, string Sha256), string> hash)
    {
        var what = $"part {part.Sha256[..12]} of {part.Product}";
        try
        {
            return hash(part) == part.Sha256
                ? null
                : new CheckLine(what, CheckState.Damaged, "was changed: it does not hash to its name");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckLine(what, CheckState.Damaged, $"cannot be read: {e.Message}");
        }
    }
}
