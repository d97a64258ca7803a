using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// The few members of ML.NET that are not public and that nothing public stands for. A version of ML.NET without one of them is told by
/// name, and the rest of the program does without it.
/// </summary>
internal static class MLNetInternals
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>LightGBM's parameters of a trainer, by LightGBM's names; what is changed before Fit holds.</summary>
    public static Dictionary<string, object> Parameters(LightGbmBinaryTrainer trainer) =>
        Find(typeof(LightGbmBinaryTrainer), type => type.GetMethod("GetGbmParameters", Own, Type.EmptyTypes), "GetGbmParameters")
            .Invoke(trainer, null) as Dictionary<string, object> ?? throw Missing(typeof(LightGbmBinaryTrainer), "GetGbmParameters");

    /// <summary>Ends what a context is at, as soon as ML.NET looks: before each boosting round.</summary>
    public static void Cancel(MLContext context) =>
        Find(typeof(MLContext), type => type.GetMethod("CancelExecution", Own, Type.EmptyTypes), "CancelExecution").Invoke(context, null);

    /// <summary>Checks, before anything is begun, that <see cref="Cancel"/> will find what it calls.</summary>
    public static void RequireCancel() =>
        Find(typeof(MLContext), type => type.GetMethod("CancelExecution", Own, Type.EmptyTypes), "CancelExecution");

    /// <summary>The value that ML.NET reads a missing one as, one a node; null where it compares NaN itself.</summary>
    public static float[]? DefaultValues(RegressionTreeBase tree)
    {
        var inner = Find(typeof(RegressionTreeBase), type => type.GetField("_tree", Own), "_tree").GetValue(tree)!;
        return (float[]?)Find(inner.GetType(), type => type.GetField("DefaultValueForMissing", Own), "DefaultValueForMissing")
            .GetValue(inner);
    }

    /// <summary>The parameters a trainer left in its model, <c>name=value</c> with spaces between; null where it left none.</summary>
    public static string? TrainedWith(TreeEnsembleModelParameters model) =>
        (string?)Find(typeof(TreeEnsembleModelParameters), type => type.GetField("InnerOptions", Own), "InnerOptions").GetValue(model);

    private static TMember Find<TMember>(Type type, Func<Type, TMember?> find, string name)
        where TMember : MemberInfo
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (find(at) is { } member)
            {
                return member;
            }
        }

        throw Missing(type, name);
    }

    private static NotSupportedException Missing(Type type, string name) => new(
        $"{type.Assembly.GetName().Name} {type.Assembly.GetName().Version} has no {type.Name}.{name}, which this program needs: "
        + "it was made for Microsoft.ML 5.0.1.");
}
