using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Trials;

/// <summary>Searches for parameters and their trials; each trial is on disk before the next begins.</summary>
public sealed class TrialStore
{
    private readonly SharedDatabase _file;

    private TrialStore(SharedDatabase file) => _file = file;

    /// <summary>Opens the trials of a data folder; creates what is missing.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static TrialStore Open(DataFolder folder) => new(ModelDatabase.Open(folder));

    /// <summary>Keeps a new search.</summary>
    public void Begin(Study study) => _file.Write((connection, transaction) => connection.Execute(
        "INSERT INTO studies (id, product, data_id, settings, started_at) VALUES (@Id, @Product, @DataId, @Settings, @at)",
        new { study.Id, study.Product, study.DataId, study.Settings, at = SqlText.Of(study.StartedAt) },
        transaction));

    /// <summary>Keeps a trial.</summary>
    /// <exception cref="StoreException">A trial of that number is kept already: somebody else goes on with the same search.</exception>
    public void Add(string studyId, Trial trial)
    {
        var added = _file.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO trials (study_id, number, step, parameters, seed, folds, metric, state, started_at, seconds)
            VALUES (@StudyId, @Number, @Step, @Parameters, @Seed, @Folds, @Metric, @State, @StartedAt, @Seconds)
            ON CONFLICT (study_id, number) DO NOTHING
            """,
            TrialRow.From(studyId, trial),
            transaction));
        if (added == 0)
        {
            throw new StoreException(
                $"Trial {trial.Number} of search {studyId} is kept already: another program goes on with the same search. "
                    + "Wait until that has ended.");
        }
    }

    /// <summary>Says that a search is done, and which model came of it.</summary>
    public void End(string studyId, DateTimeOffset at, string? modelId) => _file.Write((connection, transaction) => connection.Execute(
        "UPDATE studies SET ended_at = @at, model_id = @modelId WHERE id = @studyId", new
        {
            studyId, at = SqlText.Of(at), modelId,
        }, transaction));

    /// <summary>Searches of a product, the newest first.</summary>
    public IReadOnlyList<Study> Studies(string product) => _file.Read<IReadOnlyList<Study>>(connection =>
        [
            .. connection.Query<StudyRow>("SELECT * FROM studies WHERE product = @product ORDER BY rowid DESC", new { product })
                .Select(row => row.ToStudy()),
        ]);

    /// <summary>Trials of a search, in order.</summary>
    public IReadOnlyList<Trial> Trials(string studyId) => _file.Read<IReadOnlyList<Trial>>(connection =>
        [
            .. connection.Query<TrialRow>("SELECT * FROM trials WHERE study_id = @studyId ORDER BY number", new { studyId })
                .Select(row => row.ToTrial()),
        ]);
}
