using LoanRisk.Lending;
using LoanRisk.Tests.Reports;

namespace LoanRisk.Tests.Repository;

/// <summary>Nobody reads "1 rows": counts and their nouns come from <see cref="CountedNoun"/>.</summary>
[Slow]
public sealed class CountedNounTests
{
    private const string Nouns =
        "rows|loans|files|trees|features|columns|fields|trials|decisions|models|parts|values|levels|applications|outcomes|lines|bytes";

    // Counts that are never one: of what is told only from two on, and limits.
    private static readonly string[] NeverOne =
    [
        "{Most",
        ".Most",
        "{Longest",
        "{rows:N0} rows are equal",
        "parts.Count:N0} parts",
        "{_rows:N0} rows cannot be used",
        "problems.Count:N0} fields",
        "maxBytes:N0} bytes",
    ];

    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(2, "2 rows")]
    [InlineData(12_000, "12,000 rows")]
    public void The_noun_follows_its_count(long count, string text) => Assert.Equal(text, CountedNoun.Of(count, "row"));

    [Fact]
    public void A_verb_may_come_along() =>
        Assert.Equal(("1 row has", "2 rows have"), (CountedNoun.Of(1, "row has", "rows have"), CountedNoun.Of(2, "row has", "rows have")));

    [Fact]
    public void No_sentence_of_the_program_counts_by_itself()
    {
        string[] projects =
        [
            "LoanRisk.Lending", "LoanRisk.Store", "LoanRisk.Pipeline", "LoanRisk.Reports", "LoanRisk.Training", "LoanRisk.Web",
        ];
        var sources = projects.SelectMany(
            project => Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, project), "*.*", SearchOption.AllDirectories))
            .Where(
                path =>
                    Path.GetExtension(path) is ".cs" or ".razor" or ".cshtml"
                        && !path.Contains("/obj/", StringComparison.Ordinal)
                        && !path.Contains("/bin/", StringComparison.Ordinal));

        var counted =
            sources.SelectMany(path => File.ReadLines(path).Where(line => !line.Contains("ArgumentException", StringComparison.Ordinal))
            .SelectMany(
                line => Pattern.All(
                    line,
                    $@"(\{{[^{{}}""]*:N0\}}|@?FigureText\.Count\([^()]*\)\}}?) ((test|usable|unseen|different) )?({Nouns})\b[^""]{{0,24}}"))
            .Select(match => $"{Path.GetFileName(path)}: {match.Value}"));

        Assert.DoesNotContain(counted, found => !NeverOne.Any(known => found.Contains(known, StringComparison.Ordinal)));
    }
}
