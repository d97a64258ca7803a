namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>Builds parameters from LightGBM's spelling (<c>num_leaves=31</c>), aliases included.</summary>
    /// <param name="values">Names and values.</param>
    /// <param name="defaults">What holds for names that are not given; null takes LightGBM's defaults.</param>
    /// <exception cref="ArgumentException">An unknown name, a name given twice, or a value out of range; the message names both and
    /// what is allowed.</exception>
    public static TrainingParameters Parse(IEnumerable<KeyValuePair<string, string>> values, TrainingParameters? defaults = null)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var parameters = defaults ?? new TrainingParameters();
        foreach (var (name, value) in values)
        {
            var spelling = ParameterCatalogue.Find(name);
            if (!seen.TryAdd(spelling.Name, name))
            {
                throw Allowed.Refusal(name, value, $"given once; {seen[spelling.Name]} already set {spelling.Name}");
            }

            parameters = spelling.Write(parameters, value.Trim());
        }

        parameters.Validate();
        return parameters;
    }

    /// <summary>LightGBM's defaults with one value set, which is checked by itself only: others may have to fit it.</summary>
    /// <exception cref="ArgumentException">An unknown name, or a value out of range; the message names both and what is
    /// allowed.</exception>
    public static TrainingParameters ParseOne(string name, string value) =>
        ParameterCatalogue.Find(name).Write(new TrainingParameters(), value.Trim());

    /// <summary>
    /// LightGBM's names with these values, in a fixed order, as the model's <c>parameters:</c> block and manifests hold
    /// them. The number of threads is left out: it is the machine's, and the model does not depend on it.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToPairs() =>
        [.. ParameterCatalogue.All.Where(s => s.IsModel)
            .Select(s => KeyValuePair.Create(s.Name, s.Read(this))).Where(p => p.Value.Length > 0)];
}
