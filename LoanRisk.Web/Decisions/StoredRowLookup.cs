using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Web.Decisions;

/// <summary>
/// Takes the id of a stored row in place of an application's fields. One serves one request: all its rows are of one data version.
/// </summary>
internal sealed class StoredRowLookup(StoredRows rows, LoanProduct product)
{
    private const int LongestShown = 40;

    private readonly IdColumn? _id = product.Lookup;

    private readonly Lazy<VersionRows?> _newest = new(() => rows.Newest(product));

    /// <summary>
    /// The stored row that the fields ask for, or what is wrong with asking so; null when they do not name the product's lookup id.
    /// </summary>
    /// <exception cref="Store.StoreException">The data cannot be read.</exception>
    public LookedUp? Check(IReadOnlyList<KeyValuePair<string, FieldValue>> fields)
    {
        if (_id is null || !fields.Any(field => field.Key == _id.Column))
        {
            return null;
        }

        if (fields.Any(field => field.Key != _id.Column))
        {
            return Refuse(
                FieldProblemKind.NotAlone, $"Send {_id.Column} alone to have the stored row scored, or the fields without {_id.Column}.");
        }

        return fields.Count > 1
            ? Refuse(FieldProblemKind.Duplicate, $"\"{_id.Column}\" is given {fields.Count} times; give it once.")
            : Check(fields[0].Value);
    }

    private LookedUp Check(FieldValue value) => value switch
    {
        { Kind: FieldValueKind.Other } =>
            Refuse(FieldProblemKind.WrongType, $"{_id!.Column} must be a number or a text: the id of a stored row."),
        { Text: null } => Missing(),
        _ when string.IsNullOrWhiteSpace(value.Text) => Missing(),
        _ => Find(value.Text),
    };

    private LookedUp Find(string id)
    {
        if (_newest.Value is not { } newest)
        {
            return Refuse(
                FieldProblemKind.NotFound,
                $"{product.Name} has no ingested data to find {_id!.Column} in. "
                    + $"Send the fields, or join files with `loanrisk ingest {product.Id} --from DIR`.");
        }

        if (newest.Find(id) is not { } row)
        {
            return Refuse(
                FieldProblemKind.NotFound,
                $"No row of data version {newest.Version} has {_id!.Column} {(id.Length > LongestShown ? id[..LongestShown] + "…" : id)}.");
        }

        return row.Application is null
            ? new LookedUp(row with { Problems = [.. row.Problems.Select(OfStored)] }, null)
            : new LookedUp(row, newest.Version);
    }

    private LookedUp Missing() =>
        Refuse(FieldProblemKind.Required, $"{_id!.Column} is empty; send the id of a stored row, or the fields without {_id.Column}.");

    private LookedUp Refuse(FieldProblemKind kind, string message) =>
        new(new ApplicationCheck(null, [new FieldProblem(_id!.Column, kind, message)]), null);

    private static FieldProblem OfStored(FieldProblem problem) =>
        problem with { Message = $"The stored row no longer passes: {problem.Message}" };
}

/// <summary>What came of an id.</summary>
/// <param name="Check">The stored row as an application, or problems.</param>
/// <param name="DataVersion">Number of the data version the row is of; null with problems.</param>
internal sealed record LookedUp(ApplicationCheck Check, int? DataVersion);
