using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LoanRisk.Tests.Repository;

/// <summary>
/// Which folders of a project know which, as its compiled assembly has it. What two folders know of each other counts where their paths
/// part: of <c>A.B</c> and <c>A.C.D</c> it is <c>A.B</c> that knows <c>A.C</c>. A folder and its own subfolders may know each other and are
/// left out.
/// </summary>
internal sealed class FolderGraph
{
    private readonly string _root;
    private readonly Dictionary<(string From, string To), string> _edges = [];

    private FolderGraph(string root) => _root = root;

    /// <summary>Reads an assembly whose root namespace is its name.</summary>
    public static FolderGraph Of(string assembly)
    {
        var graph = new FolderGraph(assembly);
        using var module = ModuleDefinition.ReadModule(System.Reflection.Assembly.Load(assembly).Location);
        foreach (var type in module.GetTypes())
        {
            foreach (var used in Used(type).SelectMany(Parts))
            {
                graph.Add(type, used);
            }
        }

        return graph;
    }

    /// <summary>The pairs of folders that know each other, directly or through others, each with the types that show it.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. _edges.Where(edge => Reaches(edge.Key.To, edge.Key.From)).OrderBy(edge => edge.Key.From, StringComparer.Ordinal)
            .Select(edge => $"{edge.Key.From} -> {edge.Key.To}: {edge.Value}"),
    ];

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var folder))
        {
            foreach (var next in _edges.Keys.Where(edge => edge.From == folder).Select(edge => edge.To).Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return seen.Contains(to);
    }

    private void Add(TypeDefinition user, TypeReference used)
    {
        if (NamespaceOf(user) is not { } from || NamespaceOf(used) is not { } to)
        {
            return;
        }

        var (here, there) = (from.Split('.'), to.Split('.'));
        var common = here.Zip(there).TakeWhile(pair => pair.First == pair.Second).Count();
        if (common < here.Length && common < there.Length)
        {
            _edges.TryAdd(
                (string.Join('.', here[..(common + 1)]), string.Join('.', there[..(common + 1)])),
                $"{Outermost(user).Name} uses {Outermost(used).Name}");
        }
    }

    // Null for what is of another assembly, or has no folder, as what the compiler adds.
    private string? NamespaceOf(TypeReference type)
    {
        var outermost = Outermost(type);
        return outermost is TypeDefinition
            && (outermost.Namespace == _root || outermost.Namespace.StartsWith(_root + ".", StringComparison.Ordinal))
            ? outermost.Namespace
            : null;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
    [
        .. type.BaseType is { } above ? [above] : Array.Empty<TypeReference>(),
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.CustomAttributes.Select(a => a.AttributeType),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Properties.SelectMany(p => p.CustomAttributes).Select(a => a.AttributeType),
        .. type.Methods.SelectMany(Used),
    ];

    private static IEnumerable<TypeReference> Used(MethodDefinition method)
    {
        IEnumerable<TypeReference> signature =
        [
            .. Used((MethodReference)method),
            .. method.CustomAttributes.Select(a => a.AttributeType),
            .. method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        ];
        return method.HasBody
            ? signature.Concat(method.Body.Variables.Select(v => v.VariableType)).Concat(method.Body.Instructions.SelectMany(Used))
            : signature;
    }

    private static IEnumerable<TypeReference> Used(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : Enumerable.Empty<TypeReference>(),
    ];

    private static IEnumerable<TypeReference> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => Used(method),
        _ => [],
    };

    // A list of arrays of T is a list, and T.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType function => [.. Parts(function.ReturnType), .. function.Parameters.SelectMany(p => Parts(p.ParameterType))],
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
