namespace LoanRisk.BrowserTests;

/// <summary>A product whose every text is as long as a product file may reasonably make it, some without a place to break.</summary>
internal static class LongNames
{
    /// <summary>The same under another id, to be offered without a model.</summary>
    public static string Untrained => Product.Replace("wordyloan", "plannedloan", StringComparison.Ordinal);

    public const string Product = """
        {
          "id": "wordyloan", "name": "Equipment-and-refurbishment loan for independent craftspeople", "schemaVersion": "1",
          "currency": "CHF",
          "description":
            "A secured loan for machines, vehicles, workshops and their refurbishment, repaid over up to one hundred and twenty months.",
          "target": { "column": "bad", "bad": "1", "good": "0",
            "meaning": "more than ninety days late with two or more consecutive instalments", "noun": "late",
            "horizon": "within the first twenty-four months after payout" },
          "groups": [ { "id": "a", "label": "The undertaking and its relationship with this and other lending institutions" } ],
          "features": [
            { "name": "share", "label": "Share of revolving credit lines in use over the last twenty-four months",
              "help":
                "Averaged over all institutions that report to the central credit register; leave open when the register has no entry.",
              "group": "a", "kind": "numeric", "unit": "fraction", "missing": "allowed",
              "allowed": { "min": 0, "max": 5 }, "seen": { "min": 0, "max": 1.2 }, "example": "0.4", "monotone": 1,
                "reason": "the share of credit lines in use raises the risk",
                "inFavour": "the share of credit lines in use lowers the risk", "changeable": true },
            { "name": "insurance", "label": "Rechtsschutzversicherungsgesellschaftenverzeichnis",
              "help": "Which of the listed companies insures the undertaking.", "group": "a", "kind": "nominal",
              "levels": [ { "value": "a", "label": "Mutual insurance association of the canton's carpenters, joiners and roofers" },
                { "value": "b", "label": "None" } ], "reason": "undertakings insured like this carry more risk",
                "inFavour": "undertakings insured like this carry less risk", "changeable": false },
            { "name": "turnover", "label": "Yearly turnover", "help": "Last closed year.", "group": "a", "kind": "numeric", "unit": "money",
              "allowed": { "min": 0, "max": 100000000000 }, "seen": { "min": 1000, "max": 900000000 }, "example": "500000", "monotone": -1,
                "reason": "a turnover of this size raises the risk", "inFavour": "a turnover of this size lowers the risk",
                "changeable": true }
          ],
          "fairnessAttributes": [],
          "examples": [ { "label": "An undertaking that is very likely to pay every instalment on time", "values": { "share": "0.987654321",
            "insurance": "a", "turnover": "99999999999" } } ],
          "policy": { "version": "1", "approveBelow": 0.3, "declineFrom": 0.6, "baseline": "the average loan in the training data",
            "costs": { "badApproved": 10, "goodRefused": 1 },
            "knockOuts": [ { "id": "turnover-floor", "feature": "turnover", "when": "below", "value": 100,
              "reason": "The yearly turnover is below the floor that the supervisory authority has set for undertakings of this kind." } ] }
        }
        """;
}
