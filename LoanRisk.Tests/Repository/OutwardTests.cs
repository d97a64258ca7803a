using Mono.Cecil;

namespace LoanRisk.Tests.Repository;

/// <summary>
/// What reaches out of the program, or runs what it is given, and which classes may: whoever adds one says so here. Databases are reached
/// by the store alone, which the architecture holds.
/// </summary>
public sealed class OutwardTests
{
    [Theory]
    [InlineData("System.Net.Http.HttpClient", "HealthProbe", "MlflowClient")] // the site itself; a server that is named
    [InlineData("System.Net.Sockets.TcpClient")]
    [InlineData(
        "System.Net.Sockets.Socket",
        "ListenSocket", // the one that listens
        "MachineExchange", "MachineGroup", "MachineLink", "MachineSockets", "Rendezvous")] // machines that are named, to train together
    [InlineData("System.Net.WebRequest")]
    [InlineData("System.Net.Mail.SmtpClient")]
    [InlineData("System.Diagnostics.ProcessStartInfo", "WorkerChild")] // starts the program itself
    [InlineData("System.Xml.XmlReader")]
    [InlineData("System.Xml.XmlDocument")]
    [InlineData("System.Xml.Linq.XDocument", "PackageLine")] // the program's own list of packages
    [InlineData("System.Runtime.Serialization.Formatters.Binary.BinaryFormatter")]
    [InlineData("System.Reflection.Emit.DynamicMethod")]
    public void What_reaches_out_is_used_in_the_known_places_only(string type, params string[] places)
    {
        var found = ArchitectureTests.Floors.SelectMany(floor => Users(floor.Data, type)).Distinct();

        Assert.Equal(places.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static List<string> Users(string assembly, string type)
    {
        using var module = ModuleDefinition.ReadModule(System.Reflection.Assembly.Load(assembly).Location);
        if (!module.HasTypeReference(type))
        {
            return [];
        }

        return
        [
            .. from user in module.GetTypes()
               from method in user.Methods
               where method.HasBody
               from instruction in method.Body.Instructions
               where Named(instruction.Operand) == type
               select Outer(user),
        ];
    }

    private static string? Named(object? operand) => operand switch
    {
        MemberReference { DeclaringType: { } declaring } => declaring.GetElementType().FullName,
        TypeReference used => used.FullName,
        _ => null,
    };

    private static string Outer(TypeDefinition type) => type.DeclaringType is { } outer ? Outer(outer) : type.Name;
}
