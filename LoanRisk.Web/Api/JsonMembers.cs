using System.Text.Json;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Web.Api;

/// <summary>The members of a JSON object that has a fixed set of them.</summary>
internal static class JsonMembers
{
    /// <summary>A problem a member that is unknown or stands twice.</summary>
    public static IEnumerable<FieldProblem> Odd(JsonElement body, IReadOnlyList<string> names) =>
        body.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal)
        .Where(group => !names.Contains(group.Key, StringComparer.Ordinal) || group.Skip(1).Any())
        .Select(group => names.Contains(group.Key, StringComparer.Ordinal)
            ? new FieldProblem(group.Key, FieldProblemKind.Duplicate, $"{group.Key} is given more than once.")
            : new FieldProblem(
                group.Key, FieldProblemKind.UnknownField, $"There is no such field; the fields are {string.Join(", ", names)}."));
}
