using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>policy</c> of a product file.</summary>
internal static class PolicyReader
{
    private const int LongestWord = 16;

    private static readonly string[] Required = ["version", "approveBelow", "declineFrom", "baseline", "costs"];

    private static readonly string[] Optional = ["words", "unseen", "knockOuts"];

    private static readonly Dictionary<string, bool> UnseenRules = new(StringComparer.Ordinal) { ["flag"] = false, ["refer"] = true };

    /// <summary>Reads the policy of a product file.</summary>
    public static Policy Read(JsonPlace place, IReadOnlyList<Feature> features)
    {
        var policy = ReadRecorded(place, features);
        return PolicyVersion.IsAllowed(policy.Version)
            ? policy
            : throw place.Object(Required, Optional)["version"].Wrong($"\"{policy.Version}\" cannot be compared. {PolicyVersion.Allowed}");
    }

    /// <summary>Reads a policy that was recorded, maybe by an earlier program, which took any text for its version.</summary>
    public static Policy ReadRecorded(JsonPlace place, IReadOnlyList<Feature> features)
    {
        var fields = place.Object(Required, Optional);
        var costs = fields["costs"].Object(["badApproved", "goodRefused"], []);
        var approveBelow = Probability(fields["approveBelow"]);
        var declineFrom = Probability(fields["declineFrom"]);
        return new Policy
        {
            Version = fields["version"].Text(),
            ApproveBelow = approveBelow,
            DeclineFrom = approveBelow <= declineFrom
                ? declineFrom
                : throw fields["declineFrom"].Wrong(
                    $"Declining starts at {declineFrom}, below the end of approving at {approveBelow}; "
                        + "allowed is 0 < approveBelow <= declineFrom < 1."),
            Baseline = fields["baseline"].Text(),
            CostOfBadApproved = Cost(costs["badApproved"]),
            CostOfGoodRefused = Cost(costs["goodRefused"]),
            Words = fields.Find("words") is { } words ? ReadWords(words.Object(["approve", "refer", "decline"], [])) : PolicyText.Usual,
            ReferUnseen = fields.Find("unseen")?.OneOf(UnseenRules) ?? false,
            KnockOuts = fields.Find("knockOuts") is { } rules ? KnockOutReader.ReadAll(rules, features) : [],
        };
    }

    private static PolicyText ReadWords(JsonFields fields)
    {
        var words = new PolicyText(Word(fields["approve"]), Word(fields["refer"]), Word(fields["decline"]));
        ProductReader.Unique(
            [fields["approve"], fields["refer"], fields["decline"]], [words.Approve, words.Refer, words.Decline], "outcome called");
        return words;
    }

    private static string Word(JsonPlace place)
    {
        var word = place.Text();
        return word.Length <= LongestWord
            ? word
            : throw place.Wrong($"The word stands in a badge and on the bar of bands; it has at most {LongestWord} characters.");
    }

    private static double Probability(JsonPlace place)
    {
        var number = place.Number();
        return number is > 0 and < 1 ? number : throw place.Wrong($"{number} is not a probability strictly between 0 and 1.");
    }

    private static double Cost(JsonPlace place)
    {
        var number = place.Number();
        return number > 0 ? number : throw place.Wrong("A cost is a number above 0.");
    }
}
