using System.Text;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>Trees that LightGBM grows, one an iteration.</summary>
internal sealed unsafe class LightGbmBooster : IDisposable
{
    private const int Validation = 1;

    private readonly nint _handle;

    private LightGbmBooster(nint handle) => _handle = handle;

    /// <summary>Without trees yet; the rows must outlive it.</summary>
    public static LightGbmBooster On(LightGbmDataset rows, LightGbmDataset validation, string parameters)
    {
        nint made;
        LightGbmApi.Check(LightGbmApi.CreateBooster(rows.Handle, parameters, &made));
        var booster = new LightGbmBooster(made);
        LightGbmApi.Check(LightGbmApi.AddValidation(made, validation.Handle));
        return booster;
    }

    /// <summary>Adds a tree; false when none can be grown any more.</summary>
    public bool Update()
    {
        int isFinished;
        LightGbmApi.Check(LightGbmApi.Update(_handle, &isFinished));
        return isFinished == 0;
    }

    /// <summary>The probabilities of the validation rows by all trees so far.</summary>
    public void Predict(double[] probabilities)
    {
        long count;
        fixed (double* place = probabilities)
        {
            LightGbmApi.Check(LightGbmApi.GetPredictions(_handle, Validation, &count, place));
        }
    }

    /// <summary>The model text of the first iterations.</summary>
    public string Text(int iterations)
    {
        long length;
        LightGbmApi.Check(LightGbmApi.SaveBooster(_handle, 0, iterations, 0, 0, &length, null));
        var text = new byte[length];
        fixed (byte* place = text)
        {
            LightGbmApi.Check(LightGbmApi.SaveBooster(_handle, 0, iterations, 0, length, &length, place));
        }

        return Encoding.UTF8.GetString(text.AsSpan(0, (int)length - 1));
    }

    public void Dispose() => LightGbmApi.Check(LightGbmApi.FreeBooster(_handle));
}
