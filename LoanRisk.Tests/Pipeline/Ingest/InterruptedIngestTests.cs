using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;

namespace LoanRisk.Tests.Pipeline.Ingest;

/// <summary>A run that ends in the middle, and two at the same time.</summary>
[Slow]
public sealed class InterruptedIngestTests : IDisposable
{
    private readonly IngestFolder _folder = new();

    private static string[] Lines => IngestFolder.Lines;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(IngestStep.RowsCopied, false)]
    [InlineData(IngestStep.RowsCopied, true)]
    [InlineData(IngestStep.PartNamed, false)]
    [InlineData(IngestStep.PartNamed, true)]
    [InlineData(IngestStep.Recorded, false)]
    [InlineData(IngestStep.Recorded, true)]
    public void A_run_killed_between_any_two_steps_can_be_run_again(IngestStep step, bool inSecondFile)
    {
        _folder.Put("a.csv", Lines[1..31]);
        _folder.Put("b.csv", Lines[31..]);
        var stops = inSecondFile ? 2 : 1;
        Assert.Throws<KilledException>(() => _folder.Ingest(reached: at => stops -= at == step ? 1 : 0, stop: () => stops == 0));
        if (step == IngestStep.RowsCopied)
        {
            File.WriteAllText(Path.Combine(_folder.Store().PartFolder("peerloan"), ".left-behind.unfinished"), "half a row");
        }

        var result = _folder.Ingest();

        Assert.Equal((2, 60L), (result.After!.Version, result.After.Rows));
        Assert.Equal(_folder.Untroubled(), (result.After.Id, _folder.State()));
    }

    [Fact]
    public void A_second_ingest_of_the_product_at_the_same_time_is_refused()
    {
        using var held = _folder.Store().Lock("peerloan");

        Assert.Contains("Another ingest", Assert.Throws<StoreException>(() => _folder.Ingest()).Message, StringComparison.Ordinal);
    }
}
