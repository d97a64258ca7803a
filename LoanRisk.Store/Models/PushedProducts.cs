using System.Globalization;
using Dapper;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Models;

/// <summary>
/// Product files in the database, for many nodes at once: what holds for a product is the newest line, whatever the folders of the nodes
/// have. Nothing is ever changed or taken out.
/// </summary>
public sealed class PushedProducts
{
    private readonly SharedDatabase _file;

    internal PushedProducts(SharedDatabase file) => _file = file;

    /// <summary>The number of the newest line, 0 before the first: who has seen it has seen everything.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public long LastNumber() => _file.Read(connection => connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM product_files"));

    /// <summary>The files that hold now, one a product, ordered by id.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<PushedProduct> Holding() =>
    [
        .. Query(
            "SELECT * FROM product_files WHERE seq IN (SELECT max(seq) FROM product_files GROUP BY product) AND content IS NOT NULL", null)
            .OrderBy(pushed => pushed.Product, StringComparer.Ordinal),
    ];

    /// <summary>All lines of a product, the newest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<PushedProduct> History(string product) =>
        Query("SELECT * FROM product_files WHERE product = @product ORDER BY seq DESC", product);

    /// <summary>Lets a file hold from now on, on every node.</summary>
    /// <param name="text">The text of a product file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="entry">Who does it, when and why.</param>
    /// <returns>The product; null when this very text holds already.</returns>
    /// <exception cref="ProductFileException">It is broken; the message names the place.</exception>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public LoanProduct? Push(string text, string shown, AuditEntry entry)
    {
        var product = ProductFile.Parse(text, shown);
        return Add(product.Id, text, entry) ? product : null;
    }

    /// <summary>Lets the folder's file hold again.</summary>
    /// <exception cref="ModelStateException">There is none in the database.</exception>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public void Remove(string product, AuditEntry entry)
    {
        if (!Add(product, null, entry))
        {
            throw new ModelStateException($"The database holds no file of product {product}.");
        }
    }

    private bool Add(string product, string? text, AuditEntry entry) => _file.Write((connection, transaction) =>
    {
        var before = connection.QueryFirstOrDefault<PushedProductRow>(
            "SELECT * FROM product_files WHERE product = @product ORDER BY seq DESC LIMIT 1", new { product }, transaction);
        if (before?.Content == text)
        {
            return false;
        }

        connection.Execute(
            "INSERT INTO product_files (product, content, at, by, reason) VALUES (@product, @text, @at, @by, @reason)",
            new
            {
                product,
                text,
                at = entry.At.ToString("O", CultureInfo.InvariantCulture),
                by = SqlText.Held(entry.By),
                reason = SqlText.Held(entry.Reason),
            },
            transaction);
        return true;
    });

    private IReadOnlyList<PushedProduct> Query(string sql, string? product) => _file.Read<IReadOnlyList<PushedProduct>>(
        connection => [.. connection.Query<PushedProductRow>(sql, new { product }).Select(row => row.ToPushed())]);
}
