using System.Reflection;

namespace LoanRisk.Tests.Repository;

/// <summary>What a program that references an assembly may call, one line a member, in order of name.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => string.Concat(
        assembly.GetExportedTypes().OrderBy(NameOf, StringComparer.Ordinal).SelectMany(Lines).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Type type) =>
    [
        $"{Kind(type)} {NameOf(type)}{Parents(type)}",
        .. type.GetMembers(Declared).Where(IsVisible).Select(Describe).Order(StringComparer.Ordinal).Select(member => "  " + member),
    ];

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsSealed ? "sealed class"
        : type.IsAbstract ? "abstract class"
        : "class";

    private static string Parents(Type type)
    {
        var parents = type.GetInterfaces().Where(parent => parent.IsPublic).Select(NameOf).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) && above != typeof(Enum))
        {
            parents.Insert(0, NameOf(above));
        }

        return type.IsEnum || parents.Count == 0 ? "" : $" : {string.Join(", ", parents)}";
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true } method => method.IsConstructor && IsVisible(method),
        MethodBase method => IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        Type => false,
        _ => true,
    };

    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<', StringComparison.Ordinal);

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Static(method)}{method.Name}{Generic(method)}({Parameters(method)}): {NameOf(method.ReturnType)}",
        PropertyInfo property => $"{Static(property.GetAccessors(true)[0])}{property.Name}: {NameOf(property.PropertyType)} {{ "
            + string.Concat(property.GetAccessors(nonPublic: true).Where(IsVisible).Select(Accessor)) + "}",
        FieldInfo { IsLiteral: true } constant => $"const {constant.Name}: {NameOf(constant.FieldType)} = {constant.GetRawConstantValue()}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{field.Name}: {NameOf(field.FieldType)}",
        _ => $"{member.MemberType} {member.Name}",
    };

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Accessor(MethodInfo accessor) =>
        accessor.Name.StartsWith("get_", StringComparison.Ordinal) ? "get; "
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? "init; "
        : "set; ";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{NameOf(parameter.ParameterType)} "
            + $"{parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return NameOf(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsByRef ? "&" : "*");
        }

        var name = type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? type.Name : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : type.IsNested ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : name;
    }
}
