using System.Collections.Concurrent;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Web.Api;

/// <summary>
/// What the newest data version of each product looks like. A version never changes, so each is described once; one at a time, as it is read as a whole. Columns that
/// are no features are left out, for they may name people.
/// </summary>
public sealed class DataSummaries(DataFolder folder, DataSetStore store, WorkThreads threads) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Version, DataProfile Profile)> _known = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <summary>The newest version with its description; null when the product has no data.</summary>
    /// <exception cref="InvalidInputException">One of the outcomes is missing.</exception>
    internal async Task<(DataVersion Version, DataProfile Profile)?> NewestAsync(LoanProduct product, CancellationToken cancellationToken)
    {
        if (store.Latest(product.Id) is not { } version)
        {
            return null;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (!_known.TryGetValue(product.Id, out var known) || known.Version != version.Id)
            {
                known = (version.Id, await threads.Run(() => Describe(product, version, cancellationToken), cancellationToken));
                _known[product.Id] = known;
            }

            return (version, known.Profile);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private DataProfile Describe(LoanProduct product, DataVersion version, CancellationToken cancellationToken)
    {
        var data = ProductData.Read(folder, product, DataChoice.OfVersion(version.Version), cancellationToken: cancellationToken).Data;
        return data.BadCount == 0 || data.BadCount == data.RowCount
            ? throw new InvalidInputException($"Statistics need both outcomes; {data.FileName} has {data.BadCount:N0} bad of {CountedNoun.Of(data.RowCount, "usable row")}.")
            : DataProfile.Of(product, data.Columns, data.Bad, cancellationToken: cancellationToken);
    }
}
