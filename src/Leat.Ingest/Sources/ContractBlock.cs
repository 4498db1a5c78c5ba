using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.Ingest;

/// <summary>Reads the <c>contract:</c> block of a source.</summary>
internal static class ContractBlock
{
    private enum UnknownFields
    {
        Allow,
        Reject,
    }

    /// <exception cref="LeatException">LEAT1003, LEAT1004, LEAT3203, LEAT3204, LEAT3206.</exception>
    public static ContractDefinition Read(YamlMap contract, string dataset)
    {
        contract.AllowOnly("on_violation", "unknown_fields", "fields");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var fields = ImmutableArray.CreateBuilder<ContractFieldDefinition>();
        foreach (var declared in contract.GetMaps("fields"))
        {
            var field = ReadField(declared);
            if (!names.Add(field.Name)) throw IngestErrors.FieldTwice(declared, field.Name);
            fields.Add(field);
        }
        return new ContractDefinition(
            dataset, contract.Place, contract.GetChoice("on_violation", ContractPolicy.Reject),
            contract.GetChoice("unknown_fields", UnknownFields.Allow) == UnknownFields.Allow, fields.ToImmutable());
    }

    private static ContractFieldDefinition ReadField(YamlMap field)
    {
        field.AllowOnly("name", "type", "required", "min", "max", "accepted", "pattern", "format", "description");
        var type = field.Has("type") ? SourceFile.ReadType(field, "type") : DataType.Text;
        var (min, max) = (Number(field, "min", type), Number(field, "max", type));
        if (min > max) throw IngestErrors.BrokenRule(field, "min", $"'min' is {min}, above 'max', {max}", "swap the two");
        return new ContractFieldDefinition(
            field.GetText("name"), type, field.GetBoolean("required", false), min, max,
            field.Has("accepted") ? [.. field.GetTexts("accepted")] : null, Pattern(field), field.FindText("format"));
    }

    private static decimal? Number(YamlMap field, string key, DataType type)
    {
        if (field.FindText(key) is not { } text) return null;
        if (type.Kind is not (TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Float32 or TypeKind.Float64 or TypeKind.Decimal))
            throw IngestErrors.BrokenRule(field, key, $"'{key}' is for numbers, but the field is {type}", $"remove '{key}', or correct 'type'");
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw IngestErrors.BrokenRule(field, key, $"'{key}' is '{text}'; it must be a number", $"write for example {key}: 0");
    }

    private static string? Pattern(YamlMap field)
    {
        if (field.FindText("pattern") is not { } pattern) return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern;
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            throw IngestErrors.BrokenRule(field, "pattern", $"'pattern' is no regular expression: {broken.Message}", "correct it; look-around and back references are not allowed");
        }
    }
}
