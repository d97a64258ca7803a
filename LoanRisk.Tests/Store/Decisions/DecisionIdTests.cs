using CsCheck;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions;

public sealed class DecisionIdTests
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly DateTimeOffset Moment = new(2026, 11, 21, 6, 30, 15, TimeSpan.Zero);

    [Fact]
    public void An_id_is_36_small_letters_and_digits()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => DecisionId.New(Moment)).ToList();

        Assert.All(ids, id => Assert.Matches("^[0-9a-hjkmnp-tv-z]{36}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_sort_by_the_millisecond_they_were_given() =>
        Gen.Select(Gen.Long[0, Last], Gen.OneOf(Gen.Long[1, Last], Gen.Long[1, 5]))
            .Where((one, later) => one + later <= Last)
            .Sample((one, later) => Assert.True(string.CompareOrdinal(At(one), At(one + later)) < 0));

    [Fact]
    public void Ids_of_one_millisecond_share_nine_characters_and_every_other_takes_each_value_it_can()
    {
        var ids = Enumerable.Range(0, 4_000).Select(_ => DecisionId.New(Moment)).ToList();
        int[] expected = [.. Enumerable.Repeat(1, 9), 4, .. Enumerable.Repeat(32, 26)];

        Assert.Equal(expected, Enumerable.Range(0, 36).Select(place => ids.Select(id => id[place]).Distinct().Count()));
    }

    [Fact]
    public void Threads_draw_ids_of_their_own()
    {
        var ids = new string[40_000];
        Parallel.For(0, ids.Length, i => ids[i] = DecisionId.New(Moment));

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void A_clock_before_1970_gives_ids_too() => Assert.StartsWith("000000000", DecisionId.New(DateTimeOffset.MinValue));

    private static string At(long milliseconds) => DecisionId.New(DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds));
}
