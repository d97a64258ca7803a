using LoanRisk.Lending.Applications;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>The properties of one object of a product file, checked against those it may and must have.</summary>
internal sealed class JsonFields
{
    private readonly JsonPlace _place;
    private readonly Dictionary<string, JsonPlace> _fields = new(StringComparer.Ordinal);

    public JsonFields(JsonPlace place, string[] required, string[] optional)
    {
        _place = place;
        foreach (var property in place.Element.EnumerateObject())
        {
            Add(property.Name, place.At(property.Name, property.Value), [.. required, .. optional]);
        }

        if (Array.Find(required, name => !_fields.ContainsKey(name)) is { } missing)
        {
            throw place.At(missing).Wrong($"\"{missing}\" is missing.");
        }
    }

    /// <summary>A property that must be there.</summary>
    public JsonPlace this[string name] => _fields[name];

    /// <summary>A property that may be left out; null then.</summary>
    public JsonPlace? Find(string name) => _fields.TryGetValue(name, out var place) ? place : null;

    /// <summary>Refuses a property that makes no sense beside the others.</summary>
    public void Refuse(string name, string because)
    {
        if (_fields.TryGetValue(name, out var place))
        {
            throw place.Wrong(because);
        }
    }

    /// <summary>Asks for a property that the others make necessary.</summary>
    public JsonPlace Need(string name, string because) => Find(name) ?? throw _place.At(name).Wrong($"\"{name}\" is missing: {because}");

    private void Add(string name, JsonPlace place, string[] known)
    {
        if (!known.Contains(name))
        {
            var hint = NearestName.Find(name, known) is { } near ? $" Did you mean \"{near}\"?" : "";
            throw place.Wrong($"\"{NearestName.Shorten(name)}\" is not known here.{hint} Allowed are {string.Join(", ", known)}.");
        }

        if (!_fields.TryAdd(name, place))
        {
            throw place.Wrong($"\"{name}\" is given twice.");
        }
    }
}
