using System.Text;
using System.Text.Json;
using LoanRisk.Lending.Applications;

namespace LoanRisk.TrialClient;

/// <summary>
/// Applications that are told apart: each has an income of its own, which comes of its number and is stored as it was sent.
/// </summary>
internal static class TrialApplication
{
    /// <summary>The field that tells them apart.</summary>
    public const string Marker = "annual_inc";

    private const int FirstIncome = 20_000;

    /// <summary>The application of a number, in JSON.</summary>
    public static byte[] Json(int number) => Encoding.UTF8.GetBytes(
        $$"""
        {"loan_amnt": {{1_000 + (number % 390 * 100)}}, "int_rate": 0.1{{number % 1_000:000}}, "purpose": "car", "grade": "C",
          "annual_inc": {{Income(number)}}, "emp_length": "5 years", "home_ownership": "RENT", "dti": {{number % 37}}.5, "revol_util": 0.4,
          "delinq_2yrs": 0}
        """);

    /// <summary>Its marker.</summary>
    public static string Income(int number) => $"{FirstIncome + (number / 100)}.{number % 100:00}";

    /// <summary>The same as the site reads it.</summary>
    public static List<KeyValuePair<string, FieldValue>> Fields(int number)
    {
        using var document = JsonDocument.Parse(Json(number));
        return [.. document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, FieldValue.OfJson(p.Value)))];
    }
}
