namespace LoanRisk.Trees.Training;

/// <summary>What a feature may be called so that the model text can hold its name: the header separates names by spaces and ends at the line.</summary>
internal static class FeatureNameRules
{
    public static string[] Checked(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new string[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            result[i] = Checked(names[i], i);
            if (!seen.Add(result[i]))
            {
                throw new ArgumentException($"Feature name '{result[i]}' (column {i}) stands twice; names must differ, and spaces count as _.", nameof(names));
            }
        }

        return result;
    }

    private static string Checked(string name, int column)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException($"Column {column} has no name.", nameof(name));
        }

        string joined = name.Replace(' ', '_');
        if (joined.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException($"The name of column {column} holds a line break, a tab or another control character; only plain spaces are allowed.", nameof(name));
        }

        return joined;
    }
}
