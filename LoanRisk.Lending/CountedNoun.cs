namespace LoanRisk.Lending;

/// <summary>Counts with their nouns, for people: nobody reads "1 rows".</summary>
public static class CountedNoun
{
    /// <summary><c>1 row</c>, <c>2 rows</c>, <c>12,000 rows</c>.</summary>
    public static string Of(long count, string one) => Of(count, one, one + "s");

    /// <summary>The same with a plural of its own, which may bring its verb along: <c>1 row has</c>, <c>2 rows have</c>.</summary>
    public static string Of(long count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";
}
