using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LoanRisk.Lending;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// Whether the rows of several machines can be trained on together. Each machine deals its own rows to the parts, so what belongs together
/// must be on one machine: all rows of an id. Rows with equal features are told; those that are for the test are so everywhere, by their
/// content.
/// </summary>
public static class RowsApart
{
    // What is compared at a time is a part of the hashes, so that no machine holds those of all rows.
    private const int Shares = 16;

    /// <summary>Checks the rows of all machines.</summary>
    /// <returns>Rows that equal one of another machine in every feature.</returns>
    /// <exception cref="InvalidInputException">They cannot be trained on together; the message names the machines and why.</exception>
    public static int Check(DataSet data, ITrainingMachines machines)
    {
        var files = machines.Each(new RowsFile(data.FileName, data.Sha256, data.Dates is not null));
        Require(files);
        foreach (var (id, texts) in data.Product.Ids.Zip(data.Ids))
        {
            ulong[] hashes = [.. texts.OfType<string>().Select(Hash)];
            if (Shared(hashes, machines) is > 0 and var shared)
            {
                throw new InvalidInputException(
                    $"{CountedNoun.Of(shared, "row")} of column {id.Column} {(shared == 1 ? "has" : "have")} an id that another machine "
                    + "has too; all rows of one id must be on one machine, or a model is measured on what it learnt from.");
            }
        }

        return Shared([.. Enumerable.Range(0, data.RowCount).Select(row => RowHash.Of(data.Columns, row))], machines);
    }

    private static ulong Hash(string id) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static void Require(IReadOnlyList<RowsFile> files)
    {
        for (var rank = 1; rank < files.Count; rank++)
        {
            if (files.Take(rank).Index().FirstOrDefault(f => f.Item.Sha256 == files[rank].Sha256) is { Item: { } same } twice)
            {
                throw new InvalidInputException(
                    $"Machines {twice.Index} and {rank} have the same rows ({same.Name} and {files[rank].Name}); each machine needs rows "
                        + "of its own.");
            }

            if (files[rank].HasDates != files[0].HasDates)
            {
                throw new InvalidInputException(
                    $"The rows of machines 0 and {rank} are not alike: {files[files[0].HasDates ? rank : 0].Name} lacks the date column.");
            }
        }
    }

    // How many of all machines' hashes are on more than one machine; the first machine that has one is not counted.
    private static int Shared(ulong[] own, ITrainingMachines machines)
    {
        var shared = 0;
        for (var share = 0UL; share < Shares && machines.Count > 1; share++)
        {
            HashSet<ulong> seen = [];
            foreach (var hashes in machines.Gather(Array.FindAll(own, hash => hash % Shares == share)))
            {
                shared += hashes.Count(seen.Contains);
                seen.UnionWith(hashes);
            }
        }

        return shared;
    }

    /// <summary>What a machine says of its rows.</summary>
    internal sealed record RowsFile(string Name, string Sha256, bool HasDates);
}
