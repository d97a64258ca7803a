namespace LoanRisk.Lending.Models;

/// <summary>A model package that must not be used.</summary>
public sealed class ModelPackageException : Exception
{
    /// <param name="file">The file that is wrong.</param>
    /// <param name="problem">What is wrong with it and what to do.</param>
    /// <param name="cause">What the reader of the file said.</param>
    public ModelPackageException(string file, string problem, Exception? cause = null)
        : base($"{file}: {problem}", cause) => File = file;

    /// <summary>The file that is wrong.</summary>
    public string File { get; }
}
