using System.Runtime.CompilerServices;
using System.Text;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>From a model text to answers and back, and the memory a model holds meanwhile.</summary>
internal static class LoadingWorks
{
    private const double Milliseconds = 1e3;

    public static IEnumerable<Figure> All()
    {
        var model = SyntheticModels.Of(SyntheticModels.MostTrees);
        var what = $"{SyntheticModels.MostTrees:N0} trees";
        var row = new SyntheticLoans(1, seed: 2).Rows;
        return Works(model, model.ToText(), what, row).Select(Stopwatches.Measure).Append(Memory(model, what));
    }

    private static IEnumerable<Work> Works(TreeModel model, string text, string what, double[] row)
    {
        using var native = LightGbmLibrary.Newest is { } library ? NativeBooster.Load(library, text) : null;
        yield return new($"load: {what}, from text to the first answer", "ms", Milliseconds,
            () => TreeModel.Parse(text).PredictRaw(row), native is null ? null : NativeFirstAnswer, 1e-12);
        yield return new($"load: {what}, preparing to score alone", "ms", Milliseconds,
            () => SyntheticModels.Of(SyntheticModels.MostTrees).KernelNames.Row.Length, null, -1);
        yield return new($"write: {what}", "ms", Milliseconds, () => model.ToText().Length,
            native is null ? null : () => native.Save().Length, -1);

        double NativeFirstAnswer()
        {
            using var booster = NativeBooster.Load(LightGbmLibrary.Newest!, text);
            Span<double> answer = stackalloc double[1];
            booster.Predict(row, row.Length, NativeKind.Raw, answer);
            return answer[0];
        }
    }

    private static Figure Memory(TreeModel model, string what)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (loaded, bytes) = Loaded(model);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(loaded);
        return new($"load: {what}, memory held, ready to score, over the file's {bytes:N0} bytes", "times", (double)held / bytes);
    }

    // The text is gone when this returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (TreeModel Model, int TextBytes) Loaded(TreeModel model)
    {
        var text = model.ToText();
        return (TreeModel.Parse(text), Encoding.UTF8.GetByteCount(text));
    }
}
