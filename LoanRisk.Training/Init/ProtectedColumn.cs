namespace LoanRisk.Training.Init;

/// <summary>
/// Columns about an attribute by which the laws of lending forbid to treat people differently. The list is that of the Equal Credit
/// Opportunity Act (12 CFR 1002.2(z)) and of article 21 of the EU's Charter of Fundamental Rights, as far as tables of loans have such
/// columns, in the languages such tables often come in.
/// </summary>
internal static class ProtectedColumn
{
    private static readonly (string What, string[] Words)[] Names =
    [
        (
            "sex",
            [
                "sex", "gender", "geschlecht", "sexe", "sexo", "genero", "sesso", "geslacht", "plec", "male", "female", "pregnancy",
                "pregnant", "maternity", "transgender"
            ]),
        (
            "age",
            [
                "age", "agegroup", "ageband", "agerange", "agebin", "birth", "birthdate", "birthday", "birthyear", "dateofbirth", "dob",
                "yob", "born", "alter", "geburt", "geburtsdatum", "geburtsjahr", "geburtstag", "geb", "naissance", "edad", "nacimiento",
                "idade", "nascimento", "eta", "nascita", "leeftijd", "geboortedatum", "geboortejaar", "wiek"
            ]),
        (
            "nationality",
            [
                "nationality", "citizen", "citizenship", "foreign", "foreigner", "foreignworker", "immigrant", "immigration", "migrant",
                "refugee", "alien", "nativecountry", "birthplace", "staatsangehorigkeit", "staatsangehoerigkeit", "staatsburgerschaft",
                "nationalitat", "nationalitaet", "auslander", "auslaender", "migrationshintergrund", "geburtsort", "nationalite",
                "etranger", "nacionalidad", "extranjero", "nacionalidade", "nazionalita", "cittadinanza", "straniero", "nationaliteit",
                "narodowosc", "obywatelstwo"
            ]),
        (
            "origin",
            [
                "race", "racial", "ethnicity", "ethnic", "ethnie", "hispanic", "latino", "tribe", "tribal", "caste", "minority",
                "indigenous", "skin", "herkunft", "ethnique", "raza", "etnia", "raca", "razza", "etniciteit"
            ]),
        ("religion", ["religion", "religious", "faith", "church", "konfession", "religiao", "religione", "geloof", "belief"]),
        (
            "marital status",
            [
                "marital", "maritalstatus", "married", "marriage", "spouse", "divorced", "widowed", "familystatus", "civilstatus",
                "familienstand", "verheiratet", "matrimonial"
            ]),
        (
            "disability",
            [
                "disability", "disabled", "handicap", "handicapped", "behinderung", "behindert", "schwerbehindert", "discapacidad",
                "deficiencia", "disabilita"
            ]),
        ("sexual orientation", ["lgbt", "lgbtq"]),
        ("politics or union", ["political", "politics", "unionmember"]),
        ("public assistance", ["welfare"]),
    ];

    private static readonly (string What, string First, string Second)[] Pairs =
    [
        ("marital status", "family", "status"),
        ("marital status", "civil", "status"),
        ("marital status", "estado", "civil"),
        ("marital status", "stato", "civile"),
        ("marital status", "etat", "civil"),
        ("marital status", "situation", "familiale"),
        ("marital status", "burgerlijke", "staat"),
        ("marital status", "stan", "cywilny"),
        ("sex", "personal", "status"), ("origin", "national", "origin"), ("origin", "native", "country"), ("origin", "country", "origin"),
        ("origin", "native", "language"), ("origin", "mother", "tongue"),
        ("sexual orientation", "sexual", "orientation"),
        ("politics or union", "union", "member"),
        ("politics or union", "trade", "union"),
        ("public assistance", "public", "assistance"),
        ("disability", "health", "status"),
    ];

    // The age of a thing is no person's, nor is a foreign currency.
    private static readonly string[] Things =
    [
        "account", "acct", "accounts", "loan", "credit", "car", "vehicle", "auto", "house", "home", "property", "building", "company",
        "business", "firm", "file", "bureau", "oldest", "newest", "trade", "tradeline", "line",
        "relationship", "currency", "transaction", "transactions", "exchange", "fx", "phone", "device", "collateral", "asset", "card",
        "history", "inquiry",
    ];

    private static readonly string[] ProxyWords =
        [
            "zip", "zipcode", "postal", "postcode", "postalcode", "plz", "children", "child", "dependents", "dependants", "household",
            "language", "surname", "firstname", "lastname", "forename", "neighbourhood", "neighborhood", "district"
        ];

    private static readonly (string What, string[] Words)[] Values =
    [
        (
            "sex",
            [
                "male", "female", "man", "woman", "mannlich", "weiblich", "homme", "femme", "hombre", "mujer", "masculino", "femenino",
                "feminino"
            ]),
        (
            "marital status",
            [
                "married", "divorced", "widowed", "widow", "unmarried", "verheiratet", "ledig", "geschieden", "verwitwet", "celibataire",
                "casado", "soltero", "separated"
            ]),
    ];

    /// <summary>What protected thing a column tells of, by its name or its values; null when of none.</summary>
    public static string? Why(TextColumn column) => ByName(column.Name) ?? ByValues(column);

    /// <summary>True for a column that is none itself, but from which such a thing may be told.</summary>
    public static bool MayTell(string column) => ColumnName.Says(column, ProxyWords);

    private static string? ByName(string column)
    {
        var words = ColumnName.WordsOf(column);
        var isOfThing = words.Any(Things.Contains);
        return Array.Find(Pairs, p => words.Contains(p.First) && words.Contains(p.Second)).What
            ?? Array.Find(Names, n => words.Any(n.Words.Contains) && !(isOfThing && n.What is "age" or "nationality")).What;
    }

    // M and F, or two words of a kind at least, whatever the column is called.
    private static string? ByValues(TextColumn column)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        if (texts.Count is < 2 or > 12)
        {
            return null;
        }

        var letters = texts.Count(t => t.ToUpperInvariant() is "M" or "F");
        return letters == 2 && texts.Count <= 4 ? "sex"
            : Array.Find(Values, v => texts.Count(t => ColumnName.Says(t, v.Words)) >= 2).What;
    }
}
