using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;

using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;

namespace LoanRisk.Pipeline.Embedded;

/// <summary>
/// The ML.NET model that a package carries: loaded when it is first asked for, and used only once it is proven to hold the same trees as
/// the package's text. Safe for all threads.
/// </summary>
public sealed class EmbeddedScorer
{
    // Most of a first load is the compiler's work; two at once would do it twice on cores that answer requests.
    private static readonly Lock OneAtATime = new();

    private readonly Lazy<Task<EmbeddedModel>> _loading;

    private EmbeddedScorer(LoanProduct product, ModelPackage package, ReadOnlyMemory<byte> zip) => _loading = new(
        () => Task.Factory.StartNew(
            () => Load(product, package, zip), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Ends when the model can be asked. The first who wants it begins the loading, on a thread of its own.</summary>
    /// <exception cref="ModelPackageException">
    /// Told by the task: <c>model.zip</c> is damaged, or holds other trees than the text.
    /// </exception>
    public Task Loading => _loading.Value;

    /// <summary>The ML.NET model of a package; null where it carries none.</summary>
    public static EmbeddedScorer? Of(LoanProduct product, ModelPackage package) =>
        package.MLNet is { } zip ? new EmbeddedScorer(product, package, zip) : null;

    /// <summary>Loads the ML.NET model of a package, where it carries one, to see that it holds the same trees as the text.</summary>
    /// <exception cref="ModelPackageException"><c>model.zip</c> is damaged, or holds other trees than the text.</exception>
    public static void Prove(LoanProduct product, ModelPackage package) => Of(product, package)?.Loading.GetAwaiter().GetResult();

    /// <summary>The raw score of a feature row; waits while the model is loaded.</summary>
    /// <exception cref="ModelPackageException"><c>model.zip</c> is damaged, or holds other trees than the text.</exception>
    public float RawScore(ReadOnlySpan<double> row) => _loading.Value.GetAwaiter().GetResult().RawScore(row);

    private static EmbeddedModel Load(LoanProduct product, ModelPackage package, ReadOnlyMemory<byte> zip)
    {
        try
        {
            lock (OneAtATime)
            {
                return EmbeddedModel.Load(zip, ProductColumns.Of(product), package.Trees);
            }
        }
        catch (Exception e) when (e is ZipRefusedException or ZipMismatchException or NotExpressibleException)
        {
            throw new ModelPackageException(PackageFiles.MLNet, e.Message, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever else stops ML.NET, this model cannot serve here, and an earlier one must go on.
            throw new ModelPackageException(PackageFiles.MLNet, $"ML.NET cannot load it: {e.Message}", e);
        }
    }
}
