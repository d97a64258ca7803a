namespace LoanRisk.Pipeline.Ingest;

/// <summary>What has joined so far: whole rows, and ids.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Ids">The ids of the rows.</param>
internal sealed record SeenLoans(SeenRows Rows, SeenIds Ids)
{
    /// <summary>The rows of a file come next, with these columns.</summary>
    public void Begin(IReadOnlyList<string> header)
    {
        Rows.Begin(header);
        Ids.Begin(header);
    }

    /// <summary>Remembers a row of a part, which has joined before.</summary>
    public void Remember(string[] fields)
    {
        Rows.Add(fields);
        Ids.Add(fields);
    }

    /// <summary>The rows of the file that was begun last do not join after all.</summary>
    public void Forget()
    {
        Rows.Forget();
        Ids.Forget();
    }
}
