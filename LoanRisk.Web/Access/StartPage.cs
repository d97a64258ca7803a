namespace LoanRisk.Web.Access;

/// <summary>Where somebody begins: the first page of these that the table lets them read.</summary>
internal static class StartPage
{
    /// <summary>The form of the default product.</summary>
    public const string Form = "/";

    private static readonly string[] Others = ["/decisions", "/models", "/admin/people", "/admin/acts", "/account"];

    /// <summary>The address of the page.</summary>
    public static string Of(Caller? caller) => AccessTable.May(caller, HttpMethods.Post, Form)
        ? Form
        : Array.Find(Others, page => AccessTable.May(caller, HttpMethods.Get, page)) ?? Form;
}
