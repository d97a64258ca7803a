using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Cells that a spreadsheet would run when it opens a file that was written here.</summary>
public sealed class CellsTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("+49 30 123", "'+49 30 123")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("-", "-")]
    [InlineData("=", "=")]
    [InlineData("-5", "-5")]
    [InlineData("+5", "+5")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("-1.5E-05", "-1.5E-05")]
    [InlineData("5-3", "5-3")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_text_that_would_be_run_has_an_apostrophe_before_it_and_a_number_stays_one(string cell, string written)
    {
        Assert.Equal(written, Text(cell, Cells.Safe));
        Assert.DoesNotContain("'=1", Text(cell, Cells.Verbatim));
    }

    [Fact]
    public void An_exported_model_runs_nothing()
    {
        var product = TinyLoan.Product with
        {
            Features =
            [
                .. TinyLoan.Product.Features.Select(
                    f => f.Name == "region" ? f with { Levels = [f.Levels[0] with { Value = "=N" }, .. f.Levels.Skip(1)] } : f)
            ],
        };

        using var folder = new TemporaryFolder();
        ModelExport.Write(folder["safe"], product, TinyModel.Create(product), Cells.Safe);
        ModelExport.Write(folder["verbatim"], product, TinyModel.Create(product), Cells.Verbatim);

        Assert.Contains(",'=N|E,", File.ReadAllText(folder["safe", ModelExport.TableFile]));
        Assert.Contains(",=N|E,", File.ReadAllText(folder["verbatim", ModelExport.TableFile]));
    }

    [Fact]
    public async Task Made_up_rows_run_nothing_unless_they_are_for_programs()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["products", "tiny"]);
        await File.WriteAllTextAsync(
            folder["products", "tiny", "product.json"],
            TinyLoan.Json.Replace("\"value\": \"N\"", "\"value\": \"=N\"", StringComparison.Ordinal).Replace(
                "\"region\": \"N\"", "\"region\": \"=N\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        string[] call = ["generate", "tiny", "--rows", "50", "--out", folder["rows.csv"]];
        var safe = await TestConsole.RunInAsync(folder["data"], folder["products"], call);
        var text = await File.ReadAllTextAsync(folder["rows.csv"], TestContext.Current.CancellationToken);
        var verbatim = await TestConsole.RunInAsync(folder["data"], folder["products"], [.. call, "--verbatim"]);

        Assert.Equal((0, 0), (safe.ExitCode, verbatim.ExitCode));
        Assert.Contains(",'=N,", text);
        Assert.DoesNotContain(",=N,", text);
        Assert.Contains(",=N,", await File.ReadAllTextAsync(folder["rows.csv"], TestContext.Current.CancellationToken));
    }

    private static string Text(string cell, Cells cells)
    {
        using var writer = new StringWriter();
        CsvText.WriteField(writer, cell, ',', cells);
        return writer.ToString();
    }
}
