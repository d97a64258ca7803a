using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Caching;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Web.Api;

/// <summary>
/// What the newest data version of each product looks like. A version never changes, so each is described once; one at a time, as it is
/// read as a whole. Columns that are no features are left out, for they may name people.
/// </summary>
public sealed class DataSummaries(DataFolder folder, DataSetStore store, WorkThreads threads) : IDisposable
{
    private const int MostProfiles = 20;

    private readonly SingleFlight<(string Product, string Version), DataProfile> _profiles = new(MostProfiles);

    /// <summary>The newest version with its description; null when the product has no data.</summary>
    /// <exception cref="InvalidInputException">One of the outcomes is missing.</exception>
    internal async Task<(DataVersion Version, DataProfile Profile)?> NewestAsync(LoanProduct product, CancellationToken cancellationToken)
    {
        if (store.Latest(product.Id) is not { } version)
        {
            return null;
        }

        var profile = await _profiles.GetAsync(
            () => (product.Id, version.Id),
            () => threads.Run(() => Describe(product, version, cancellationToken), cancellationToken),
            cancellationToken);
        return (version, profile);
    }

    /// <inheritdoc/>
    public void Dispose() => _profiles.Dispose();

    private DataProfile Describe(LoanProduct product, DataVersion version, CancellationToken cancellationToken)
    {
        var data = ProductData.Read(folder, product, DataChoice.OfVersion(version.Version), cancellationToken: cancellationToken).Data;
        return data.BadCount == 0 || data.BadCount == data.RowCount
            ? throw new InvalidInputException(
                $"Statistics need both outcomes; {data.FileName} has {data.BadCount:N0} bad of "
                + $"{CountedNoun.Of(data.RowCount, "usable row")}.")
            : DataProfile.Of(product, data.Columns, data.Bad, cancellationToken: cancellationToken);
    }
}
