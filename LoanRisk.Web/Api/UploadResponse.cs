using System.ComponentModel.DataAnnotations;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Web.Api;

/// <summary>What became of an uploaded file.</summary>
/// <param name="Outcome">
/// A file of the same content that had joined before is known, and nothing is done. A refused file is a problem with status 400.
/// </param>
/// <param name="Sha256">Hash of the file.</param>
/// <param name="RowsRead">Rows in the file.</param>
/// <param name="RowsKept">Rows that joined.</param>
/// <param name="RowsDuplicate">Rows that were there already, letter for letter.</param>
/// <param name="RowsWithoutOutcome">Rows whose loans have no outcome yet; they do not join.</param>
/// <param name="RowsRejected">Rows that cannot be used.</param>
/// <param name="Rejected">The first of the rows that cannot be used; <c>rowsRejected</c> counts them all.</param>
/// <param name="Notes">
/// What else is to be said of the file, in sentences: rows of loans that were there already, rows without an outcome.
/// </param>
/// <param name="Data">The newest data version after it; null when the product has none.</param>
internal sealed record UploadResponse(
    FileOutcome Outcome,
    string Sha256,
    long RowsRead,
    long RowsKept,
    long RowsDuplicate,
    long RowsWithoutOutcome,
    long RowsRejected,
    [property: MaxLength(UploadResponse.MostRejected)] IReadOnlyList<RejectedRowResponse> Rejected,
    IReadOnlyList<string> Notes,
    DataVersionResponse? Data)
{
    /// <summary>Rejected rows that are told; <see cref="RowsRejected"/> counts them all.</summary>
    internal const int MostRejected = 20;

    public static UploadResponse Of(OfferedFile upload, IngestResult result, IReadOnlyList<RejectedRow> rejected)
    {
        var file = upload.File!;
        return new UploadResponse(
            upload.Outcome,
            file.Sha256,
            file.RowsRead,
            file.RowsKept,
            file.RowsDuplicate,
            file.RowsWithoutOutcome,
            file.RowsRejected,
            [.. rejected.Take(MostRejected).Select(row => new RejectedRowResponse(row.Line, row.Cause))],
            upload.Notes,
            result.After is { } version ? DataVersionResponse.Of(version) : null);
    }
}

/// <summary>A row that cannot be used.</summary>
/// <param name="Line">The line it starts in, counted from 1 with the header.</param>
/// <param name="Cause">What is wrong and what is allowed.</param>
internal sealed record RejectedRowResponse([property: Documentation.AtLeast(1)] long Line, string Cause);
