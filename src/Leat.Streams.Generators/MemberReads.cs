using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Leat.Streams.Generators;

/// <summary>The expression that reads one member.</summary>
internal static class MemberReads
{
    private const string Epoch = "EpochMillisecondsAttribute";
    private static readonly HashSet<string> Readers = ["Text", "String", "Boolean", "SByte", "Int16", "Int32", "Int64", "Byte", "UInt16", "UInt32", "UInt64", "Single", "Double", "Decimal", "DateTime", "DateOnly", "Guid"];

    /// <summary>Type without <see cref="Nullable{T}"/>.</summary>
    public static ITypeSymbol ValueType(IPropertySymbol property) =>
        property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : property.Type;

    /// <summary>The name given by attribute, else the property's in snake case, made by the very code that the built-in decoder uses.</summary>
    public static string JsonName(IPropertySymbol property)
    {
        var given = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "JsonPropertyNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;
        return given is null ? $"JsonNamingPolicy.SnakeCaseLower.ConvertName({Literal(property.Name)})" : Literal(given);
    }

    /// <summary>Null when the type, or its default value, is none that can be served.</summary>
    public static string? Of(IPropertySymbol property, IParameterSymbol? parameter, int slot)
    {
        var type = property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (Read(property, parameter, slot) is not { } read) return null;
        if (parameter is { HasExplicitDefaultValue: true })
            return Default(parameter, type) is { } standard ? $"fields.IsNull({slot}) ? {standard} : ({type}){read}" : null;
        return IsOptional(property) ? $"fields.IsNull({slot}) ? default({type}) : ({type}){read}" : read;
    }

    private static string? Read(IPropertySymbol property, IParameterSymbol? parameter, int slot)
    {
        var type = ValueType(property);
        var isEpoch = Has(property, Epoch) || (parameter is not null && Has(parameter, Epoch));
        if (isEpoch) return type.SpecialType == SpecialType.System_DateTime ? $"fields.GetEpochMilliseconds({slot})" : null;
        if (type.TypeKind == TypeKind.Enum) return $"fields.GetEnum({slot}, _names{slot})";
        var isKnown = Readers.Contains(type.Name) && type.ContainingNamespace?.ToDisplayString() == (type.Name == "Text" ? "Leat.Core" : "System");
        return isKnown ? $"fields.Get{type.Name}({slot})" : null;
    }

    private static bool IsOptional(IPropertySymbol property)
    {
        if (!SymbolEqualityComparer.Default.Equals(ValueType(property), property.Type)) return true;
        if (property.Type.SpecialType != SpecialType.System_String || Has(property, "NotNullAttribute")) return false;
        return property.NullableAnnotation == NullableAnnotation.Annotated || Has(property, "MaybeNullAttribute");
    }

    private static string? Default(IParameterSymbol parameter, string type) => parameter.ExplicitDefaultValue switch
    {
        null => $"default({type})",
        string text => Literal(text),
        double number when double.IsNaN(number) || double.IsInfinity(number) => null,
        float number when float.IsNaN(number) || float.IsInfinity(number) => null,
        decimal number => $"({type}){number.ToString(CultureInfo.InvariantCulture)}m",
        var value => $"({type})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})",
    };

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);
}
