namespace LoanRisk.Pipeline.Csv;

/// <summary>A CSV file that cannot be used; the message names the file and, where there is one, the line.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, counted from 1; null when the file as a whole is meant.</param>
/// <param name="problem">What is wrong and what is expected.</param>
public sealed class CsvFileException(string path, long? line, string problem)
    : Exception(line is null ? $"{path}: {problem}" : $"{path}, line {line}: {problem}")
{
    /// <summary>The message without the name of the file, for places that name it already.</summary>
    public string InFile { get; } = line is null ? problem : $"line {line}: {problem}";

    /// <summary>The line, counted from 1.</summary>
    public long? Line { get; } = line;
}
