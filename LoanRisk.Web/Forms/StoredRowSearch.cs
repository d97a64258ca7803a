using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Web.Forms;

/// <summary>A search for a stored row by a product's lookup id, and what came of it.</summary>
/// <param name="Product">A product with such an id.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Row">The stored row, when it was found and passes the product's checks.</param>
/// <param name="DataVersion">Number of the data version that was searched.</param>
/// <param name="Problem">What is wrong and what to do; null when nothing is.</param>
/// <param name="Status">HTTP status of the page that tells it.</param>
public sealed record StoredRowSearch(LoanProduct Product, string Text, LoanApplication? Row, int? DataVersion, string? Problem, int Status)
{
    /// <summary>Name of the field; no field of an application starts so.</summary>
    public const string Field = "__find";

    /// <summary>Id of the field on the page.</summary>
    public const string ElementId = "find-row";

    /// <summary>What the id is called.</summary>
    public string Label => Product.Lookup!.Label;

    /// <summary>A search that was not made yet; null for a product without a lookup id.</summary>
    public static StoredRowSearch? Fresh(LoanProduct product) =>
        product.Lookup is not null ? new(product, "", null, null, null, StatusCodes.Status200OK) : null;

    /// <summary>Searches.</summary>
    /// <exception cref="Store.StoreException">The data cannot be read.</exception>
    public static StoredRowSearch For(LoanProduct product, string text, StoredRows rows)
    {
        var search = new StoredRowSearch(product, text.Trim(), null, null, null, StatusCodes.Status200OK);
        if (search.Text.Length == 0)
        {
            return search.Refused($"{search.Label}: enter the one of a stored row.", StatusCodes.Status400BadRequest);
        }

        return rows.Newest(product) is { } newest
            ? search.Of(newest.Find(search.Text), newest.Version)
            : search.Refused(
                $"{product.Name} has no stored rows yet, so none can be found. Fill in the form by hand.", StatusCodes.Status404NotFound);
    }

    private StoredRowSearch Of(ApplicationCheck? row, int version) => row switch
    {
        null => Refused($"No stored row has this {Label}. Check it, or fill in the form by hand.", StatusCodes.Status404NotFound),
        { Application: null } => Refused(
            $"The row is stored, but can no longer be used as it is: {string.Join(" ", row.Problems.Select(problem => problem.Message))}",
            StatusCodes.Status400BadRequest),
        _ => this with { Row = row.Application, DataVersion = version },
    };

    private StoredRowSearch Refused(string problem, int status) => this with { Problem = problem, Status = status };
}
