using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Web.Api;

/// <summary>What became of an uploaded file. A file that had joined before is known, and nothing is done.</summary>
internal sealed record UploadResponse(
    FileOutcome Outcome, string Sha256, long RowsRead, long RowsKept, long RowsDuplicate, long RowsWithoutOutcome, long RowsRejected, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> Notes,
    DataVersionResponse? Data)
{
    /// <summary>Rejected rows that are told; <see cref="RowsRejected"/> counts them all.</summary>
    internal const int MostRejected = 20;

    public static UploadResponse Of(OfferedFile upload, IngestResult result, IReadOnlyList<RejectedRow> rejected)
    {
        var file = upload.File!;
        return new UploadResponse(
            upload.Outcome, file.Sha256, file.RowsRead, file.RowsKept, file.RowsDuplicate, file.RowsWithoutOutcome, file.RowsRejected, [.. rejected.Take(MostRejected)], upload.Notes,
            result.After is { } version ? DataVersionResponse.Of(version) : null);
    }
}
