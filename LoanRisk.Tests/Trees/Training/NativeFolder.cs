using System.Diagnostics;
using System.Globalization;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>A folder in which LightGBM's own command line program, which LIGHTGBM_CLI names, trains and predicts.</summary>
internal sealed class NativeFolder : IDisposable
{
    private readonly string cli = Environment.GetEnvironmentVariable("LIGHTGBM_CLI") ?? "";
    private readonly DirectoryInfo folder;

    public NativeFolder()
    {
        Assert.SkipUnless(File.Exists(cli), "LIGHTGBM_CLI does not name LightGBM's command line program.");
        folder = Directory.CreateTempSubdirectory("lightgbm");
    }

    public string At(string name) => Path.Combine(folder.FullName, name);

    public void Write(TrainingTable table, string name = "data.csv")
    {
        string Line(int row) => $"{table.Labels[row].ToString("R", CultureInfo.InvariantCulture)}," + string.Join(',', MadeUpLoans.Row(table, row).Select(v => double.IsNaN(v) ? "nan" : v.ToString("R", CultureInfo.InvariantCulture)));
        File.WriteAllLines(At(name), Enumerable.Range(0, table.RowCount).Select(Line).Prepend("label," + string.Join(',', table.FeatureNames)));
        if (table.Weights is { } weights)
        {
            File.WriteAllLines(At(name + ".weight"), weights.Select(w => w.ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Runs the program; what it said.</summary>
    public string Run(params string[] arguments)
    {
        string[] all = [.. arguments, $"data={At("data.csv")}", "header=true", "precise_float_parser=true", "num_threads=1"];
        using Process process = Process.Start(new ProcessStartInfo(cli, all) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, log);
        return log;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
