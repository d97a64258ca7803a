using LoanRisk.MLNet.Training;

namespace LoanRisk.Tests.MLNet.Training;

/// <summary>Where the native library is missing, one sentence says why and what helps.</summary>
public sealed class NativeLightGbmTests
{
    [Theory]
    [InlineData("linux-x64", "does not stand beside this program")]
    [InlineData("ubuntu.24.04-x64", "does not stand beside this program")]
    [InlineData("linux-arm64", "has no native library for linux-arm64")]
    [InlineData("linux-musl-x64", "has no native library for linux-musl-x64")]
    public void A_library_that_is_not_there_is_told_with_what_helps(string platform, string why)
    {
        var sentence = NativeLightGbm.Reason("lib_that_is_not_there", platform);

        Assert.Contains(why, sentence, StringComparison.Ordinal);
        Assert.EndsWith("or train with the managed trainer, which needs nothing.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_libgomp_is_told_with_the_package_that_has_it() => Assert.Contains(
        "apt-get install libgomp1",
        NativeLightGbm.Sentence("libgomp.so.1: cannot open shared object file: No such file or directory", "linux-x64"),
        StringComparison.Ordinal);
}
