using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Drift;

/// <summary>Windows of decisions that were held against the rows of training: each is worked out once and kept.</summary>
public sealed class DriftWindowStore
{
    private const string OfSeries = "FROM drift_windows WHERE product = @Product AND model_id = @ModelId AND rule = @Rule";

    private readonly SharedDatabase _file;

    private DriftWindowStore(SharedDatabase file) => _file = file;

    /// <summary>Opens the windows of a data folder; creates what is missing.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static DriftWindowStore Open(DataFolder folder) => new(ModelDatabase.Open(folder));

    /// <summary>Keeps a window.</summary>
    /// <returns>False when another node has kept the same one in between; that one stays.</returns>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public bool Add(DriftSeries series, DriftWindow window) => _file.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO drift_windows (product, model_id, rule, number, first_at, last_at, last_seq, decisions, alarm, result, made_at)
        VALUES (@Product, @ModelId, @Rule, @Number, @FirstAt, @LastAt, @LastSeq, @Decisions, @Alarm, @Result, @MadeAt)
        ON CONFLICT (product, model_id, rule, number) DO NOTHING
        """,
        DriftWindowRow.From(series, window),
        transaction)) == 1;

    /// <summary>The windows that were kept last, the newest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<DriftWindow> Newest(DriftSeries series, int limit) => _file.Read<IReadOnlyList<DriftWindow>>(connection =>
        [
            .. connection.Query<DriftWindowRow>(
                $"SELECT * {OfSeries} ORDER BY number DESC LIMIT @limit", new { series.Product, series.ModelId, series.Rule, limit })
                .Select(row => row.ToWindow()),
        ]);
}
