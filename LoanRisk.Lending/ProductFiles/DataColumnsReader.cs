using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads what a product file says about columns that are no features: ids, the date, where the data comes from.</summary>
internal static class DataColumnsReader
{
    private static readonly DateOnly Probe = new(2025, 12, 1);

    private static readonly Dictionary<string, IdRepeat> Repeats = new(StringComparer.Ordinal)
    {
        ["rows"] = IdRepeat.Row, ["updates"] = IdRepeat.Update, ["duplicates"] = IdRepeat.Duplicate,
    };

    public static List<IdColumn> ReadIds(JsonPlace place)
    {
        var fields = place.Items().Select(item => item.Object(["column", "label"], ["lookup", "repeats"])).ToList();
        var ids = fields.Select(
            f => new IdColumn(
                f["column"].Text(),
                f["label"].Text(),
                f.Find("lookup")?.Flag() ?? false,
                f.Find("repeats")?.OneOf(Repeats) ?? IdRepeat.Row)).ToList();
        return ids.Count(i => i.IsLookup) <= 1
            ? ids
            : throw fields[ids.FindLastIndex(i => i.IsLookup)]["lookup"].Wrong(
                "Rows are looked up by one column; another id has \"lookup\" too.");
    }

    public static DateColumn ReadDate(JsonPlace place)
    {
        var fields = place.Object(["column", "label"], ["format"]);
        return new DateColumn(
            fields["column"].Text(), fields["label"].Text(), fields.Find("format") is { } format ? Format(format) : "yyyy-MM-dd");
    }

    public static DataSource ReadSource(JsonPlace place)
    {
        var fields = place.Object(["name", "from", "licence", "obtain"], ["attribution"]);
        return new DataSource(
            fields["name"].Text(),
            fields["from"].Text(),
            fields["licence"].Text(),
            fields["obtain"].Text(),
            fields.Find("attribution")?.Text());
    }

    public static Subject ReadSubject(JsonPlace place)
    {
        var fields = place.Object(["one", "many"], []);
        return new Subject(fields["one"].Text(), fields["many"].Text());
    }

    /// <summary>Refuses a column that stands for two things; a feature may be named in a file by its column or by its own name.</summary>
    public static void RefuseShared(JsonFields fields, LoanProduct product)
    {
        var places = new List<(JsonPlace Place, string Column)>();
        places.AddRange(fields.Find("ids")?.Items().Zip(product.Ids).Select(i => (i.First.At("column"), i.Second.Column)) ?? []);
        places.AddRange(product.Date is { } date ? [(fields["date"].At("column"), date.Column)] : []);
        places.AddRange(fields.Find("fairnessAttributes")?.Items().Zip(product.FairnessAttributes) ?? []);
        var taken = product.Features.SelectMany(f => new[] { f.Name, f.Column })
            .Append(product.Target.Column)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, column) in places)
        {
            if (!taken.Add(column))
            {
                throw place.Wrong($"\"{column}\" is a feature, the target or named before; each column serves one purpose.");
            }
        }
    }

    // A format that cannot give back the month it wrote would put rows into the wrong year.
    private static string Format(JsonPlace place)
    {
        var format = place.Text();
        try
        {
            var column = new DateColumn("", "", format);
            return column.Read(column.Write(Probe)) == Probe
                ? format
                : throw place.Wrong(
                    $"\"{format}\" does not name year and month. A format is for example \"yyyy-MM-dd\", \"dd.MM.yyyy\" or \"MMM-yyyy\".");
        }
        catch (FormatException)
        {
            throw place.Wrong($"\"{format}\" is no format of dates. One is for example \"yyyy-MM-dd\", \"dd.MM.yyyy\" or \"MMM-yyyy\".");
        }
    }
}
