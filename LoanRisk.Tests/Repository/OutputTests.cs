namespace LoanRisk.Tests.Repository;

/// <summary>What a program has beside it when it is built, and so when it is published.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("LoanRisk.Web")]
    [InlineData("LoanRisk.Training")]
    public void A_program_has_the_products_beside_it(string program)
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var (framework, configuration) = (Path.GetFileName(here), Path.GetFileName(Path.GetDirectoryName(here)!));
        var output = Path.Combine(SharedFolder.Checkout, program, "bin", configuration, framework);

        Assert.True(File.Exists(Path.Combine(output, program + ".dll")), $"{output} holds no {program}.dll.");
        Assert.All(
            Directory.GetFiles(Path.Combine(SharedFolder.Checkout, "products"), "*", SearchOption.AllDirectories),
            file => Assert.True(
                File.Exists(Path.Combine(output, "products", Path.GetRelativePath(Path.Combine(SharedFolder.Checkout, "products"), file))),
                $"{output} lacks {file}."));
    }
}
