using System.Runtime.Intrinsics.X86;

namespace LoanRisk.Trees.Scoring;

/// <summary>
/// A way to score. Every kernel gives the same bits, raw and converted: a row's place in each tree is found by exact
/// comparisons, and all kernels add the leaf values of a row one after the other, in file order, in double.
/// A kernel chooses by the model within what its instruction set allows: a model it cannot lay out is scored the plain way.
/// Contributions have the same bits with avx2 and portable; those of the plain form, which divides where the others multiply
/// by a ratio, agree to rounding.
/// </summary>
/// <param name="Name">What <see cref="Variable"/> says to force it.</param>
/// <param name="InstructionSet">What the machine must have.</param>
/// <param name="IsSupported">This machine has it.</param>
public sealed record ScoringKernel(string Name, string InstructionSet, bool IsSupported)
{
    /// <summary>The environment variable that forces a kernel for every model that is loaded.</summary>
    public const string Variable = "LOANRISK_KERNEL";

    /// <summary>Walks the nodes as the model has them: the reference for all others.</summary>
    public static ScoringKernel Plain { get; } = new("plain", "none", true);

    /// <summary>Exact ranks, branchless walks of several trees at once, byte blends of 16 rows: runs on every processor.</summary>
    public static ScoringKernel Portable { get; } = new("portable", "Vector128", true);

    /// <summary>Exact ranks, decision bits for single rows, byte blends of 32 rows for batches.</summary>
    public static ScoringKernel Avx2 { get; } = new("avx2", "AVX2", System.Runtime.Intrinsics.X86.Avx2.IsSupported && Popcnt.IsSupported);

    /// <summary>All kernels, the fastest first.</summary>
    public static IReadOnlyList<ScoringKernel> All { get; } = [Avx2, Portable, Plain];

    /// <summary>The fastest kernel of this machine, or the one that the environment variable names.</summary>
    /// <exception cref="UnusableKernelException">The variable names no kernel, or one this machine cannot run.</exception>
    internal static ScoringKernel Chosen => Named(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The kernel of a name; the fastest for none.</summary>
    /// <exception cref="UnusableKernelException">No kernel has the name, or this machine cannot run it.</exception>
    internal static ScoringKernel Named(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return All.First(static kernel => kernel.IsSupported);
        }

        var named = All.FirstOrDefault(kernel => kernel.Name == name)
            ?? throw new UnusableKernelException(
                $"{Variable} is \"{name}\"; allowed are {string.Join(", ", All.Select(static kernel => kernel.Name))}");
        return named.IsSupported ? named : throw new UnusableKernelException($"{Variable} is \"{name}\", which needs "
            + $"{named.InstructionSet}; this machine does not have it");
    }
}

/// <summary>The environment variable names no kernel, or one that this machine cannot run; the message says which are allowed.</summary>
public sealed class UnusableKernelException(string problem) : Exception(problem);
