using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>Rows of this machine: those the trees learn from, and those that end their training.</summary>
internal sealed record LightGbmRows(DataSet Data, int[] Trees, int[] Stopping);

/// <summary>
/// Boosted trees by LightGBM's native library, over the rows of all machines: each builds histograms of its own rows, the sums of a
/// feature's histogram are made on one machine, and all grow the same trees. The same rows on as many machines give the same trees.
/// </summary>
internal sealed class LightGbmTraining
{
    private readonly LightGbmRows _rows;
    private readonly TrainingParameters _parameters;
    private readonly ITrainingMachines _machines;
    private readonly Action<int>? _progress;
    private readonly CancellationToken _cancellationToken;

    private LightGbmTraining(
        LightGbmRows rows,
        TrainingParameters parameters,
        ITrainingMachines machines,
        Action<int>? progress,
        CancellationToken cancellationToken) =>
        (_rows, _parameters, _machines, _progress, _cancellationToken) = (rows, parameters, machines, progress, cancellationToken);

    /// <summary>Trains; every machine must do so at the same step.</summary>
    /// <exception cref="MachinesException">A machine failed, or came to other trees.</exception>
    /// <exception cref="InvalidInputException">LightGBM refuses rows or parameters.</exception>
    public static TreeModel Train(
        LightGbmRows rows,
        TrainingParameters parameters,
        ITrainingMachines machines,
        Action<int>? progress,
        CancellationToken cancellationToken)
    {
        var training = new LightGbmTraining(rows, parameters, machines, progress, cancellationToken);
        var told = new TaskCompletionSource<TreeModel>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: LightGBM keeps its network by thread, and one that lost it stays in the call.
        new Thread(() => training.Run(told)) { IsBackground = true, Name = "LightGBM" }.Start();
        return told.Task.GetAwaiter().GetResult();
    }

    private void Run(TaskCompletionSource<TreeModel> told)
    {
        try
        {
            LightGbmApi.Silence();
            using var network = LightGbmNetwork.Join(_machines, e => told.TrySetException(e));
            told.TrySetResult(Grow());
        }
        catch (Exception e)
        {
            told.TrySetException(e);
        }
    }

    private TreeModel Grow()
    {
        var words = LightGbmWords.Of(_parameters, _rows.Data.Product, _machines.Count);
        var all = _machines.Sum(_rows.Trees.Length);
        using var rows = LightGbmDataset.Of(_rows.Data, _rows.Trees, Sample(all), all, words);
        using var stopping = rows.Alike(_rows.Data, _rows.Stopping);
        using var booster = LightGbmBooster.On(rows, stopping, words);
        var watch = new StoppingRows(_rows.Data.BadOf(_rows.Stopping), _parameters, _machines);
        var probabilities = new double[_rows.Stopping.Length];
        for (var iteration = 0; iteration < _parameters.NumIterations && !watch.MustStop && booster.Update(); iteration++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            booster.Predict(probabilities);
            watch.Measure(probabilities);
            _progress?.Invoke(iteration + 1);
        }

        return Same(Described(booster.Text(_parameters.EarlyStoppingRound > 0 ? watch.BestIteration : -1)));
    }

    private BinSample Sample(long all) => BinSample.Of(
        _rows.Data, _rows.Trees, _machines, all, new BinSampleSize(_parameters.BinConstructSampleCnt, _parameters.Seed ?? 1));

    // LightGBM would tell of its machines and threads, of which the model knows nothing.
    private TreeModel Described(string text)
    {
        var model = TreeModel.Parse(text);
        return new TreeModel
        {
            Objective = model.Objective,
            FeatureNames = model.FeatureNames,
            FeatureInfos = model.FeatureInfos,
            MonotoneConstraints = model.MonotoneConstraints,
            Trees = model.Trees,
            Parameters = string.Join('\n', _parameters.ToPairs().Select(pair => $"[{pair.Key}: {pair.Value}]")),
        };
    }

    private TreeModel Same(TreeModel model)
    {
        var hash = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(model.ToText())));
        return _machines.All([hash]).Distinct().Count() == 1
            ? model
            : throw new MachinesException(
                "The machines came to different trees; nothing is kept. Are their processors and libraries alike?");
    }
}
