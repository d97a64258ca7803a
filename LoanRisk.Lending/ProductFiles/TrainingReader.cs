using System.Text.Json;
using LoanRisk.Trees.Training;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>training</c> of a product file; names and values are those the engine takes.</summary>
internal static class TrainingReader
{
    public static Dictionary<string, string> Read(JsonPlace place)
    {
        place.Expect(JsonValueKind.Object, "an object");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in place.Element.EnumerateObject())
        {
            var value = place.At(property.Name, property.Value);
            if (!parameters.TryAdd(property.Name, Parameter(property.Name, value)))
            {
                throw value.Wrong($"\"{property.Name}\" is given twice.");
            }
        }

        return parameters;
    }

    private static string Parameter(string name, JsonPlace value)
    {
        var text = value.Text();
        try
        {
            // Whether values fit each other is told when a model is trained, where those that the product leaves out are known.
            var parameters = TrainingParameters.ParseOne(name, text);
            return parameters.Objective == TrainingObjective.Binary ? text : throw value.Wrong("a product's objective is binary.");
        }
        catch (ArgumentException exception)
        {
            throw value.Wrong(exception.Message);
        }
    }
}
