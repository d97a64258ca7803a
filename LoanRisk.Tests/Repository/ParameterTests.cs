using Mono.Cecil;

namespace LoanRisk.Tests.Repository;

/// <summary>
/// A method has at most five parameters. Records, which are filled by name, messages of the log, which say what they hold, and what another
/// party's signature asks for are left out.
/// </summary>
public sealed class ParameterTests
{
    private const int Most = 5;

    // Why each of them may have more.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Trial.Try"] = "a hot loop: vectors that stay in registers",
        ["StripeKernel.Fill"] = "a hot loop: pointers that stay in registers",
        ["StripeKernel.FillHalf"] = "a hot loop: pointers that stay in registers",
        ["LightGbmApi.CreateDataset"] = "LightGBM's",
        ["LightGbmNetwork.ReduceScatter"] = "LightGBM's",
        ["LightGbmNetwork.Allgather"] = "LightGBM's",
        ["DataController..ctor"] = "the container's",
    };

    [Fact]
    public void A_method_has_at_most_five_parameters()
    {
        var found = ArchitectureTests.Floors.SelectMany(floor => Wide(floor.Data)).ToList();

        Assert.Equal("", string.Join('\n', found.Except(Allowed.Keys)));
        Assert.Empty(Allowed.Keys.Except(found));
    }

    private static List<string> Wide(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(System.Reflection.Assembly.Load(assembly).Location);
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               where method.Parameters.Count > Most && IsOurs(method)
               select $"{type.Name}.{method.Name}",
        ];
    }

    // What the compiler makes, and overrides, have no parameters of their own.
    private static bool IsOurs(MethodDefinition method) =>
        !method.Name.Contains('<', StringComparison.Ordinal)
        && !method.DeclaringType.Name.Contains('<', StringComparison.Ordinal)
        && !method.IsPInvokeImpl
        && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "LoggerMessageAttribute")
        && !(method.IsVirtual && method.IsReuseSlot)
        && !(IsRecord(method.DeclaringType) && (method.IsConstructor || method.Name == "Deconstruct"));

    private static bool IsRecord(TypeDefinition type) => type.Methods.Any(method => method.Name == "PrintMembers");
}
