namespace LoanRisk.Web.Forms;

/// <summary>How amounts of a currency are written. Processes run without culture data, so the common signs are listed here.</summary>
/// <param name="Text">The sign, or the ISO code where there is none.</param>
public readonly record struct CurrencySign(string Text)
{
    /// <summary>The sign of an ISO 4217 code.</summary>
    public static CurrencySign Of(string code) => new(code switch
    {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        _ => code,
    });

    /// <summary>The amount with its sign: <c>$12,000</c>, <c>CHF 12,000</c>.</summary>
    public string Before(string amount) => Text.Length == 1 ? Text + amount : $"{Text}\u00a0{amount}";
}
