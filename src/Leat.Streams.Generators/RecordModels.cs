using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Leat.Streams.Generators;

/// <summary>Reads a record type by the rules of the built-in decoder (Leat.Streams, Decoding/RecordShape).</summary>
internal static class RecordModels
{
    public static RecordModel Of(INamedTypeSymbol type, Compilation compilation, Location where)
    {
        var name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var refusal = Refusal(type, compilation);
        var members = refusal is null ? Members(type, compilation, out refusal) : [];
        return new RecordModel(name, refusal is null ? members : [], refusal, where);
    }

    private static string? Refusal(INamedTypeSymbol type, Compilation compilation)
    {
        for (var part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsGenericType) return "is generic";
            if (part.IsFileLocal) return "is visible in its file only";
        }

        if (!compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)) return "cannot be seen from outside of its type";
        return type.IsAbstract || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) ? "cannot be made by a constructor" : null;
    }

    private static ImmutableArray<MemberModel> Members(INamedTypeSymbol type, Compilation compilation, out string? refusal)
    {
        var properties = Properties(type);
        var constructor = Choose(type, properties);
        refusal = constructor is null && !type.IsValueType ? "has no public constructor whose parameters are named as its properties" : null;
        var members = ImmutableArray.CreateBuilder<MemberModel>();
        foreach (var property in properties)
        {
            var parameter = constructor?.Parameters.FirstOrDefault(p => IsFor(p, property));
            if (parameter is null && (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public } || Has(property, "JsonIgnoreAttribute"))) continue;
            var value = MemberReads.Of(property, parameter, members.Count);
            if (value is null || !compilation.IsSymbolAccessibleWithin(property.Type, compilation.Assembly)) refusal ??= $"has member {property.Name} of type {property.Type.ToDisplayString()}";
            var enumType = MemberReads.ValueType(property) is { TypeKind: TypeKind.Enum } known ? known.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : null;
            members.Add(new MemberModel(property.Name, MemberReads.JsonName(property), enumType, value ?? "", parameter?.Ordinal ?? -1));
        }

        if (members.Count == 0) refusal ??= "has no member that can be set";
        return members.ToImmutable();
    }

    /// <summary>Public properties that can be read, those of base types included.</summary>
    private static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var found = new List<IPropertySymbol>();
        for (var part = type; part is not null; part = part.BaseType)
        {
            foreach (var property in part.GetMembers().OfType<IPropertySymbol>())
            {
                var isPublic = property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod: not null };
                if (isPublic && !found.Exists(p => p.Name == property.Name)) found.Add(property);
            }
        }

        return found;
    }

    private static IMethodSymbol? Choose(INamedTypeSymbol type, List<IPropertySymbol> properties) => type.InstanceConstructors
        .Where(c => c.DeclaredAccessibility == Accessibility.Public && !(type.IsValueType && c.IsImplicitlyDeclared && c.Parameters.IsEmpty))
        .Where(c => c.Parameters.All(p => properties.Exists(q => IsFor(p, q))))
        .OrderByDescending(c => c.Parameters.Length)
        .FirstOrDefault();

    private static bool IsFor(IParameterSymbol parameter, IPropertySymbol property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type);

    private static bool Has(IPropertySymbol property, string attribute) => property.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);
}
