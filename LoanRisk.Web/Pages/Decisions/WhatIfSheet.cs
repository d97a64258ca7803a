using LoanRisk.Lending.Decisions;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Forms;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>The form of a stored decision's values to try others, and what would be decided with them.</summary>
/// <param name="Again">The decision with the model that is asked.</param>
/// <param name="Form">The form and what stands in it.</param>
/// <param name="Answer">What would be decided; null before anything was tried, or when fields are wrong.</param>
public sealed record WhatIfSheet(DecisionAgain Again, ApplicationForm Form, Decision? Answer = null)
{
    /// <summary>Id of the section, where the answer to a try is looked for.</summary>
    public const string ElementId = "what-if";

    /// <summary>Something was tried, so the form stands open.</summary>
    public bool IsTried => Answer is not null || Form.Problems.Count > 0;

    /// <summary>The stored decision.</summary>
    public DecisionSheet Before => new(Again.Stored, Again.Engine.Product);

    /// <summary>The answer in the product's words, as if it were stored.</summary>
    public DecisionSheet After => new(Again.Stored with { Decision = Answer! }, Again.Engine.Product);

    /// <summary>The fields whose values differ from the stored ones, with both as a person reads them.</summary>
    public IReadOnlyList<(string Label, string From, string To)> Changes
    {
        get
        {
            var product = Again.Engine.Product;
            return
            [
                .. product.Features.Zip(Again.Application.Values, Answer!.Values)
                    .Where(value => value.Second != value.Third)
                    .Select(value => (
                        value.First.Label,
                        ScreenText.Exact(product, value.First, value.Second),
                        ScreenText.Exact(product, value.First, value.Third))),
            ];
        }
    }
}
