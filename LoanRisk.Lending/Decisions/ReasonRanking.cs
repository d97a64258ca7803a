namespace LoanRisk.Lending.Decisions;

/// <summary>Ranks what counted against an applicant and what in favour; for one decision and for blocks of them alike.</summary>
internal static class ReasonRanking
{
    /// <summary>The most reasons there are on either side.</summary>
    public const int Most = 4;

    /// <summary>Log-odds below which a feature is no reason: it moves the odds by less than half a percent, and would read +0.00.</summary>
    public const double Negligible = 0.005;

    private const double Noticed = ExplainedScore.Tolerance;

    /// <summary>
    /// First the knock-out rules that held or the values for which an officer decides, then the features that raise the score noticeably,
    /// the strongest first; of equals the earlier feature. A feature named so is not named again. A decline without any of these names what
    /// raises the score a little, where that adds up to something, and else says that no single value stands out.
    /// </summary>
    /// <param name="row">What was decided.</param>
    /// <param name="reasons">Room for the reasons; the first <see cref="Most"/> places of it are used at most.</param>
    /// <returns>How many reasons there are.</returns>
    public static int Against(in ScoredRow row, Span<ReasonPlace> reasons)
    {
        var room = reasons[..Math.Min(reasons.Length, Most)];
        var count = AddRules(row, room);
        foreach (var feature in row.ReferredFor[..Math.Min(row.ReferredFor.Length, room.Length - count)])
        {
            room[count++] = new ReasonPlace(feature, null, double.PositiveInfinity, IsUnseen: true);
        }

        count = AddRaising(row, room, count, Negligible);
        return count > 0 || row.Outcome != Outcome.Decline || room.IsEmpty ? count : AddLittle(row, room);
    }

    /// <summary>The features that lower the score noticeably, the strongest first; of equals the earlier feature.</summary>
    /// <param name="contributions">SHAP value of each feature on the raw scale.</param>
    /// <param name="reasons">Room for the reasons; the first <see cref="Most"/> places of it are used at most.</param>
    /// <returns>How many there are. Their contributions are negative.</returns>
    public static int InFavour(ReadOnlySpan<double> contributions, Span<ReasonPlace> reasons)
    {
        var room = reasons[..Math.Min(reasons.Length, Most)];
        var count = 0;
        for (var feature = 0; feature < contributions.Length; feature++)
        {
            if (contributions[feature] <= -Negligible)
            {
                count = Insert(room, count, new ReasonPlace(feature, null, contributions[feature]));
            }
        }

        return count;
    }

    private static int AddRules(in ScoredRow row, Span<ReasonPlace> room)
    {
        var (rules, count) = (row.Rules.KnockOuts, 0);
        for (var rule = 0; rule < rules.Count && count < room.Length; rule++)
        {
            if (rules.Holds(rule, row.Values))
            {
                room[count++] = new ReasonPlace(rules.FeatureOf(rule), rules.ReasonOf(rule), double.PositiveInfinity);
            }
        }

        return count;
    }

    private static int AddRaising(in ScoredRow row, Span<ReasonPlace> room, int count, double least)
    {
        for (var feature = 0; feature < row.Contributions.Length; feature++)
        {
            var part = row.Contributions[feature];
            if (part >= least
                && (count < room.Length || (count > 0 && part > room[count - 1].Contribution))
                && !row.ReferredFor.Contains(feature)
                && !row.Rules.KnockOuts.AnyHolds(feature, row.Values))
            {
                count = Insert(room, count, new ReasonPlace(feature, null, part));
            }
        }

        return count;
    }

    // A decline has a reason, also where nothing raises the score noticeably.
    private static int AddLittle(in ScoredRow row, Span<ReasonPlace> room)
    {
        var sum = 0.0;
        foreach (var part in row.Contributions)
        {
            sum += part > Noticed ? part : 0;
        }

        if (sum >= Negligible)
        {
            return AddRaising(row, room, 0, Math.BitIncrement(Noticed));
        }

        room[0] = new ReasonPlace(-1, row.Rules.NothingStandsOut, double.PositiveInfinity);
        return 1;
    }

    // Before the first weaker one, so that of equals the earlier feature comes first; what no longer fits falls off the end.
    private static int Insert(Span<ReasonPlace> room, int count, ReasonPlace reason)
    {
        var strength = Math.Abs(reason.Contribution);
        var place = count;
        while (place > 0 && Math.Abs(room[place - 1].Contribution) < strength)
        {
            place--;
        }

        if (place == room.Length)
        {
            return count;
        }

        var kept = Math.Min(count, room.Length - 1);
        room[place..kept].CopyTo(room[(place + 1)..]);
        room[place] = reason;
        return kept + 1;
    }
}
