namespace LoanRisk.Web.Pages;

/// <summary>An error in a person's words.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="MayPass">Opening the page again may help.</param>
public sealed record ErrorText(string Title, string Advice, bool MayPass)
{
    /// <summary>The words for a request that came while too many others were worked on.</summary>
    public static ErrorText Busy { get; } = new(
        "Too many people are here at once",
        "This request was not begun and nothing was stored. Wait a second or two and send it again.",
        MayPass: true);

    /// <summary>The words for a status.</summary>
    public static ErrorText For(int status) => status switch
    {
        400 => new(
            "This form could not be accepted",
            "It was open for too long, or it was sent from another place. Open the page again and send it once more.",
            MayPass: true),
        403 => new(
            "You may not do this",
            "Your roles do not include it. Who looks after people here can give you another one; nothing was changed.",
            MayPass: false),
        404 => new(
            "There is no such page",
            "The address may be mistyped, or the decision's id is not complete. No decision is ever deleted.",
            MayPass: false),
        405 => new(
            "This page cannot be used that way",
            "It was called with a method it does not answer. Open it with a link instead.",
            MayPass: true),
        429 => new(
            "That was too often",
            "Too many tries came from you or from your network within a minute. Wait a minute and try again; nothing was changed.",
            MayPass: true),
        413 => new("That was too large", "The form sent more than is accepted. Nothing was stored.", MayPass: true),
        503 => new(
            "No decision can be given right now",
            "Decisions cannot be stored or read just now, or no model is in service for this product. What was decided before is kept. "
                + "Try again in a while; if it stays so, tell whoever runs this site, with the trace id below.",
            MayPass: true),
        >= 500 => new(
            "Something went wrong on our side",
            "If you sent an application, look in the list of decisions whether it was decided before you send it again. "
                + "If it happens twice, report it with the trace id below.",
            MayPass: true),
        _ => new("This could not be answered", "Go back and try another way.", MayPass: false),
    };
}
