using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>Names of kernels, as the environment variable gives them.</summary>
public sealed class ScoringKernelTests
{
    [Fact]
    public void Every_supported_kernel_is_found_by_its_name_and_none_means_the_fastest()
    {
        var supported = ScoringKernel.All.Where(static kernel => kernel.IsSupported).ToList();
        Assert.Contains(ScoringKernel.Plain, supported);
        Assert.Contains(ScoringKernel.Portable, supported);
        Assert.All(supported, static kernel => Assert.Same(kernel, ScoringKernel.Named(kernel.Name)));
        Assert.Same(supported[0], ScoringKernel.Named(null));
        Assert.Same(supported[0], ScoringKernel.Named(""));
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_names()
    {
        var error = Assert.Throws<UnusableKernelException>(static () => ScoringKernel.Named("AVX9"));
        Assert.Equal("LOANRISK_KERNEL is \"AVX9\"; allowed are avx2, portable, plain", error.Message);
    }

    [Fact]
    public void A_kernel_this_machine_cannot_run_is_an_error()
    {
        var missing = ScoringKernel.All.FirstOrDefault(static kernel => !kernel.IsSupported);
        Assert.SkipWhen(missing is null, "This machine runs every kernel.");
        Assert.Contains(missing!.InstructionSet, Assert.Throws<UnusableKernelException>(() => ScoringKernel.Named(missing.Name)).Message);
    }
}
