using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Web.Components;

/// <summary>Which piece of a page is a partial and which a component (docs/decisions/0011).</summary>
public sealed class RoleTests
{
    private static readonly string Web = Path.Combine(SharedFolder.Checkout, "LoanRisk.Web");

    public static TheoryData<string> Components =>
        [.. Directory.EnumerateFiles(Path.Combine(Web, "Components"), "*.razor", SearchOption.AllDirectories).Select(Relative)];

    public static TheoryData<string> Partials =>
        [
            .. Directory.EnumerateFiles(Path.Combine(Web, "Pages"), "_*.cshtml", SearchOption.AllDirectories)
                .Select(Relative)
                .Where(IsPartial),
        ];

    [Theory]
    [MemberData(nameof(Components))]
    public void A_component_draws_values_and_asks_nobody(string file) =>
        Assert.DoesNotMatch(@"@inject|\[Inject\]|<form|asp-|HttpContext|@page", File.ReadAllText(Path.Combine(Web, file)));

    [Theory]
    [MemberData(nameof(Partials))]
    public void A_partial_is_a_section_of_a_page_or_asks_a_service(string file)
    {
        var text = File.ReadAllText(Path.Combine(Web, file));

        Assert.Matches(@"(?m)^@(?:inject |model (?:\w+Model|ProductModels)\r?$)|<form|Caller\.Of\(", text);
    }

    private static bool IsPartial(string file) =>
        !Regex.IsMatch(file, "_(?:Layout|ViewImports|ViewStart)\\.cshtml$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string Relative(string path) => Path.GetRelativePath(Web, path);
}
