using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>The works that the comparison times, all on one thread.</summary>
internal sealed class EngineWorks : IDisposable
{
    private const int ExplainedRows = 500;
    private const int TrainingRows = 50_000;
    private const int TrainingTrees = 50;
    private const double Microseconds = 1e6;
    private const double Milliseconds = 1e3;
    private readonly MadeUpLoans loans = new(ExplainedRows, seed: 2);
    private readonly ScoringWorks scoring = new();
    private readonly List<IDisposable> natives = [];

    /// <summary>Every work; without LightGBM's library only our half of it.</summary>
    public IEnumerable<Work> All() => scoring.All().Concat(Others());

    public void Dispose()
    {
        scoring.Dispose();
        natives.ForEach(static native => native.Dispose());
    }

    private IEnumerable<Work> Others() => [Explaining(100), Reading(MadeUpModels.MostTrees), Writing(MadeUpModels.MostTrees), Training()];

    private Work Explaining(int trees)
    {
        var model = MadeUpModels.Of(trees);
        var native = Keep(LightGbmLibrary.IsThere ? NativeBooster.Load(model.ToText()) : null);
        var rows = loans.Rows.AsMemory(0, ExplainedRows * MadeUpLoans.FeatureCount);
        var output = new double[ExplainedRows * (MadeUpLoans.FeatureCount + 1)];
        return new($"SHAP contributions, {trees} trees", "us/row", Microseconds / ExplainedRows, Ours, native is null ? null : Native, 1e-9);

        double Ours()
        {
            model.ContributionsBatch(rows.Span, output);
            return output.Sum();
        }

        double Native()
        {
            native.Predict(rows.Span, MadeUpLoans.FeatureCount, NativeKind.Contribution, output);
            return output.Sum();
        }
    }

    private static Work Reading(int trees)
    {
        var text = MadeUpModels.Of(trees).ToText();
        return new($"read a model, {trees} trees", "ms", Milliseconds, () => TreeModel.Parse(text).Trees.Length, LightGbmLibrary.IsThere ? Native : null, -1);

        double Native()
        {
            using var booster = NativeBooster.Load(text);
            return 0;
        }
    }

    private Work Writing(int trees)
    {
        var model = MadeUpModels.Of(trees);
        var native = Keep(LightGbmLibrary.IsThere ? NativeBooster.Load(model.ToText()) : null);
        return new($"write a model, {trees} trees", "ms", Milliseconds, () => model.ToText().Length, native is null ? null : () => native.Save().Length, -1);
    }

    // The two models differ a little, so there is nothing to compare but the time.
    private static Work Training()
    {
        var data = new MadeUpLoans(TrainingRows, seed: 3);
        var table = data.Table();
        var categories = string.Join(',', MadeUpLoans.Categories);
        var parameters = $"objective=binary num_leaves=31 num_threads=1 verbosity=-1 force_row_wise=true categorical_feature={categories}";
        return new(
            $"train {TrainingTrees} trees on {TrainingRows} rows", "ms", Milliseconds,
            () => Trainer.Train(table, MadeUpModels.Parameters(TrainingTrees, threads: 1)).Model.Trees.Length,
            LightGbmLibrary.IsThere ? Native : null, -1);

        double Native()
        {
            using var booster = NativeBooster.Train(data.Rows, data.Labels, parameters, TrainingTrees);
            return 0;
        }
    }

    private T? Keep<T>(T? native)
        where T : class, IDisposable
    {
        if (native is not null)
        {
            natives.Insert(0, native);
        }

        return native;
    }
}
