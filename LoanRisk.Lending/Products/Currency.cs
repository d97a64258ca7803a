namespace LoanRisk.Lending.Products;

/// <summary>How a currency is written and spoken of.</summary>
/// <param name="Code">ISO 4217 code.</param>
/// <param name="Prefix">
/// What stands directly before an amount: a symbol, or the code and a space; empty where the currency is not named.
/// </param>
/// <param name="Plural">The word for several units, for example <c>dollars</c>; the code when there is no word for it here.</param>
public sealed record Currency(string Code, string Prefix, string Plural)
{
    private static readonly Currency[] Known =
    [
        new("USD", "$", "dollars"), new("EUR", "€", "euros"), new("GBP", "£", "pounds"), new("CHF", "CHF ", "francs"),
        new("CAD", "CA$", "Canadian dollars"), new("AUD", "A$", "Australian dollars"), new("NZD", "NZ$", "New Zealand dollars"),
        new("JPY", "¥", "yen"), new("CNY", "CN¥", "yuan"), new("INR", "₹", "rupees"), new("BRL", "R$", "reais"),
        new("MXN", "MX$", "Mexican pesos"), new("SEK", "SEK ", "kronor"), new("NOK", "NOK ", "kroner"), new("DKK", "DKK ", "kroner"),
        new("PLN", "PLN ", "zloty"), new("CZK", "CZK ", "koruna"), new("ZAR", "R ", "rand"), new("KRW", "₩", "won"),
        new("DEM", "DM ", "marks"),
        new("XXX", "", "units of money"), // ISO 4217 for amounts whose currency is not named
    ];

    /// <summary>The currency of an ISO code; a code without words of its own speaks for itself.</summary>
    public static Currency Of(string code) => Known.FirstOrDefault(c => c.Code == code) ?? new(code, code + " ", code);
}
