using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// The loans on which models are compared: the test part of a file or data version. It is chosen by what the rows say, so it is the same
/// for every training run and search, and no model that was made here learned from it.
/// </summary>
/// <param name="Data">The loans.</param>
/// <param name="Source">Where they come from, for people.</param>
public sealed record HoldoutSample(DataSet Data, string Source)
{
    /// <summary>The test part of some data.</summary>
    /// <exception cref="InvalidInputException">It lacks good or bad loans.</exception>
    public static HoldoutSample Of(DataSet data)
    {
        var test = data.Only(DataSplit.Create(data, seed: 0).Test);
        var refused = data.ProblemCount > 0 ? $", and {data.ProblemCount:N0} that cannot be used" : "";
        return test.BadCount > 0 && test.BadCount < test.RowCount
            ? new HoldoutSample(
                test,
                $"{CountedNoun.Of(test.RowCount, "test row")} of {data.FileName} ({CountedNoun.Of(data.RowCount, "row")}{refused})")
            : throw new InvalidInputException(
                "Models are compared on good and bad rows that no training run learns from; "
                + $"{data.FileName} keeps {test.BadCount:N0} bad of {test.RowCount:N0} for that.");
    }

    /// <summary>Those of a file, or else of the product's newest data version; null when there is neither.</summary>
    /// <exception cref="Csv.CsvFileException">The file, or a part of the data, cannot be used.</exception>
    public static HoldoutSample? Find(
        DataFolder folder,
        LoanProduct product,
        string? file,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        file is null && DataSetStore.Open(folder).Latest(product.Id) is null
            ? null
            : Of(ProductData.Read(folder, product, DataChoice.OfFileOrNewest(file), progress, cancellationToken).Data);
}
