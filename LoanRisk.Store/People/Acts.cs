using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.People;

/// <summary>What somebody did.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The name of a person or key, as it was then.</param>
/// <param name="Address">Where the request came from; null for the console.</param>
/// <param name="Kind">What was done, a word of <see cref="ActKind"/>.</param>
/// <param name="Subject">To whom or what; may be empty.</param>
/// <param name="Reason">Why; empty when nobody was asked.</param>
public sealed record Act(DateTimeOffset At, string Who, string? Address, ActKind Kind, string Subject = "", string Reason = "")
{
    /// <summary>Order of the acts; rises with each.</summary>
    public long Number { get; init; }
}

/// <summary>What can be done.</summary>
public enum ActKind
{
    /// <summary>Somebody signed in.</summary>
    SignIn,

    /// <summary>Somebody tried to sign in and was refused.</summary>
    SignInRefused,

    /// <summary>Somebody signed out, here or everywhere.</summary>
    SignOut,

    /// <summary>An account was made.</summary>
    PersonAdded,

    /// <summary>An account was changed: roles, disabled, password.</summary>
    PersonChanged,

    /// <summary>A key was made.</summary>
    KeyMade,

    /// <summary>A key was revoked.</summary>
    KeyRevoked,

    /// <summary>An application was decided on a page.</summary>
    Decision,

    /// <summary>A model was judged, promoted, challenged or rolled back on a page.</summary>
    ModelChanged,
}

/// <summary>The history of what people and programs did; nothing in it is ever changed or taken away.</summary>
public sealed class Acts
{
    private readonly SharedDatabase _database;

    private Acts(SharedDatabase database) => _database = database;

    /// <summary>Opens the history.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static Acts Open(DataFolder folder) => new(PeopleDatabase.Open(folder));

    /// <summary>Keeps an act.</summary>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public void Add(Act act) => _database.Write((connection, transaction) => connection.Execute(
        "INSERT INTO acts (at, who, address, kind, subject, reason) VALUES (@at, @Who, @Address, @kind, @Subject, @Reason)",
        new
        {
            at = SqlText.Of(act.At),
            Who = SqlText.Held(act.Who),
            act.Address,
            kind = SqlText.Of(act.Kind),
            Subject = SqlText.Held(act.Subject),
            Reason = SqlText.Held(act.Reason),
        },
        transaction));

    /// <summary>The newest acts, the newest first.</summary>
    /// <param name="most">How many.</param>
    /// <param name="before">Only those with a lower number; null begins at the newest.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<Act> Newest(int most, long? before = null) => _database.Read<IReadOnlyList<Act>>(connection =>
        [
            .. connection.Query<ActRow>(
                "SELECT seq, at, who, address, kind, subject, reason FROM acts WHERE seq < @before ORDER BY seq DESC LIMIT @most",
                new { before = before ?? long.MaxValue, most }).Select(row => row.ToAct()),
        ]);

    private sealed class ActRow
    {
        public long Seq { get; set; }

        public string At { get; set; } = "";

        public string Who { get; set; } = "";

        public string? Address { get; set; }

        public string Kind { get; set; } = "";

        public string Subject { get; set; } = "";

        public string Reason { get; set; } = "";

        public Act ToAct() =>
            new(SqlText.Moment(At), Who, Address, SqlText.Enum<ActKind>(Kind), Subject, Reason) { Number = Seq };
    }
}
