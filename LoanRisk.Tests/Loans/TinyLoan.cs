using LoanRisk.Lending.Applications;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Loans;

/// <summary>A small product that uses every property a product file can have and every kind of feature.</summary>
internal static class TinyLoan
{
    public const string Json = """
        {
          "$schema": "../product.schema.json",
          "id": "tiny", "name": "TinyLoan", "description": "A loan for tests.", "schemaVersion": "3", "currency": "EUR",
          "subject": { "one": "loan", "many": "loans" },
          "source": { "name": "Tiny loans", "from": "nobody", "licence": "none", "obtain": "Make them up.", "attribution": "Nobody, 2025" },
          "ids": [ { "column": "Client no.", "label": "Client", "lookup": true, "repeats": "updates" } ],
          "date": { "column": "paid out", "label": "Payout", "format": "dd.MM.yyyy" },
          "target": { "column": "bad", "bad": "yes", "good": "no", "meaning": "never paid back",
            "noun": "bad", "horizon": "within a year" },
          "groups": [ { "id": "loan", "label": "The loan" }, { "id": "person", "label": "The person" } ],
          "features": [
            { "name": "amount", "label": "Amount", "help": "How much.", "group": "loan", "kind": "numeric",
              "unit": "money", "integer": true,
              "allowed": { "min": 0, "max": 5000 }, "seen": { "min": 100, "max": 3000 }, "missing": "refused", "unseen": "flag",
              "monotone": 1, "reason": "the amount raises the risk", "inFavour": "the amount lowers the risk",
              "changeable": { "direction": "decrease", "step": 5, "most": 5000 }, "example": "500", "column": "Amount asked for",
              "generate": { "quantiles": [100, 500, 3000], "effect": 0.5 } },
            { "name": "rate", "label": "Rate", "help": "Per year.", "group": "loan", "kind": "numeric", "unit": "fraction",
              "missing": "allowed", "missingSpellings": ["unknown"],
              "allowed": { "min": 0, "max": 0.5 }, "seen": { "min": 0.01, "max": 0.3 }, "monotone": 0,
              "reason": "the rate raises the risk", "inFavour": "the rate lowers the risk", "changeable": false, "example": "0.0725" },
            { "name": "owner", "protected": true, "label": "Home owner", "help": "Yes or no.", "group": "person", "kind": "binary",
              "unseen": "refuse", "monotone": -1,
              "levels": [ { "value": "0", "label": "No", "spellings": ["n"] }, { "value": "1", "label": "Yes" } ],
              "reason": "not owning raises the risk", "inFavour": "owning lowers the risk" },
            { "name": "rating", "label": "Rating", "help": "Low to high.", "group": "person", "kind": "ordinal", "unseen": "flag",
              "missing": "allowed", "missingSpellings": ["n/a"],
              "generate": { "shares": { "low": 0.5, "high": 0.5 }, "missingShare": 0.25 },
              "levels": [
                { "value": "low", "label": "Low" }, { "value": "mid", "label": "Middling" }, { "value": "high", "label": "High" } ],
              "reason": "the rating raises the risk", "inFavour": "the rating lowers the risk" },
            { "name": "region", "label": "Region", "help": "Where.", "group": "person", "kind": "nominal",
              "levels": [ { "value": "N", "label": "North" }, { "value": "E", "label": "East" }, { "value": "S", "label": "South" } ],
              "reason": "the region raises the risk", "inFavour": "the region lowers the risk" }
          ],
          "fairnessAttributes": ["age_band"],
          "training": { "num_leaves": "4" },
          "promotion": { "metric": "logLoss", "minimumGain": 0.001, "mustBeSignificant": false, "largestCalibrationError": 0.5,
            "calibrationSlope": { "min": 0.7, "max": 1.5 } },
          "drift": { "level": 0.02, "correction": "sidak", "stability": 0.2, "standardisedDifference": 0.3, "cramersV": 0.15,
            "cliffsDelta": 0.25, "period": "count", "window": 200 },
          "generate": { "badRate": 0.3 },
          "cautions": ["Nothing here is real."],
          "examples": [
            { "label": "Somebody", "values": { "amount": "500", "rate": "0.0725", "owner": "1", "rating": "mid", "region": "N" } }
          ],
          "policy": {
            "version": "7", "approveBelow": 0.2, "declineFrom": 0.6, "baseline": "the average loan in the training data",
            "costs": { "badApproved": 5, "goodRefused": 1 }, "unseen": "flag",
            "words": { "approve": "Lend", "refer": "Ask", "decline": "Refuse" },
            "knockOuts": [
              { "id": "too-much", "feature": "amount", "when": "above", "value": 4000, "reason": "More than €4,000 is never lent." },
              { "id": "too-cheap", "feature": "rate", "when": "below", "value": 0.005, "reason": "The rate is below 0.5 %." },
              { "id": "far-south", "feature": "region", "when": "oneOf", "levels": ["S"], "reason": "No loans in the south." }
            ]
          }
        }
        """;

    public static LoanProduct Product { get; } = ProductFile.Parse(Json, "tiny/product.json");

    public static LoanApplication Application(
        string amount, string? rate = "0.0725", string owner = "1", string? rating = "mid", string region = "N")
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal)
        {
            ["amount"] = FieldValue.OfText(amount), ["rate"] = FieldValue.OfText(rate), ["owner"] = FieldValue.OfText(owner),
            ["rating"] = FieldValue.OfText(rating), ["region"] = FieldValue.OfText(region),
        };
        var check = LoanApplication.Check(Product, fields, InputStyle.Text);
        Assert.Empty(check.Problems);
        return check.Application!;
    }
}
