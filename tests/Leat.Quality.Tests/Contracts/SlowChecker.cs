using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality.Tests;

/// <summary>The contract check written as plainly as can be, on a built document: the twin of the one-pass checker. Returns code and field.</summary>
internal sealed class SlowChecker(ContractDefinition contract)
{
    public (string Code, string Field)? Check(byte[] json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return ("LEAT1301", "");
        }
        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Object) return ("LEAT1301", "");
            var members = document.RootElement.EnumerateObject().ToList();
            var declared = contract.Fields.Select(f => f.Name).ToHashSet();
            var twice = TwiceSeen(members.Select(m => m.Name).Where(declared.Contains));
            if (twice is not null) return ("LEAT1301", twice);
            foreach (var field in contract.Fields)
            {
                if (CheckField(field, members) is { } code) return (code, field.Name);
            }
            var unknown = members.FirstOrDefault(m => !declared.Contains(m.Name));
            return contract.AllowUnknown || unknown.Value.ValueKind is JsonValueKind.Undefined ? null : ("LEAT1304", unknown.Name);
        }
    }

    private static string? TwiceSeen(IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    private static string? CheckField(ContractFieldDefinition field, List<JsonProperty> members)
    {
        var found = members.Where(m => m.Name == field.Name).Select(m => (JsonElement?)m.Value).FirstOrDefault();
        if (found is not { } value || value.ValueKind is JsonValueKind.Null || (field.Type.Kind is not TypeKind.Text && value.ValueKind is JsonValueKind.String && value.GetString() == ""))
        {
            return field.Required ? "LEAT1302" : null;
        }
        return field.Type.Kind switch
        {
            TypeKind.Text => value.ValueKind is not JsonValueKind.String ? "LEAT1303"
                : field.Accepted is { } accepted && !accepted.Contains(value.GetString()!) ? "LEAT1305"
                : field.Pattern is { } pattern && !System.Text.RegularExpressions.Regex.IsMatch(value.GetString()!, $@"\A(?:{pattern})\z") ? "LEAT1305" : null,
            TypeKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False || (value.ValueKind is JsonValueKind.String && bool.TryParse(value.GetString(), out _) && value.GetString()!.Trim() == value.GetString()) ? null : "LEAT1303",
            TypeKind.Int32 => Whole(field, value),
            TypeKind.Decimal => Exact(field, value),
            TypeKind.Timestamp => Instant(field, value),
            _ => throw new NotSupportedException(),
        };
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string? Whole(ContractFieldDefinition field, JsonElement value)
    {
        if (Text(value) is not { } text || !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return "LEAT1303";
        return number < field.Min || number > field.Max ? "LEAT1305" : null;
    }

    // value = mantissa / 10^scale, in big integers
    private static string? Exact(ContractFieldDefinition field, JsonElement value)
    {
        if (Text(value) is not { } text) return "LEAT1303";
        var match = System.Text.RegularExpressions.Regex.Match(text, @"\A([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\z");
        if (!match.Success || (match.Groups[2].Length + match.Groups[3].Length) == 0) return "LEAT1303";
        var exponent = match.Groups[4].Success ? int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : 0;
        var mantissa = BigInteger.Parse("0" + match.Groups[2].Value + match.Groups[3].Value, CultureInfo.InvariantCulture);
        var shift = field.Type.Scale - match.Groups[3].Length + exponent;
        var (units, lost) = shift >= 0 ? (mantissa * BigInteger.Pow(10, shift), BigInteger.Zero) : (mantissa / BigInteger.Pow(10, -shift), mantissa % BigInteger.Pow(10, -shift));
        if (lost != 0 || units >= BigInteger.Pow(10, field.Type.Width)) return "LEAT1303";
        if (match.Groups[1].Value == "-") units = -units;
        var one = BigInteger.Pow(10, field.Type.Scale);
        return (field.Min is { } min && units < new BigInteger(min) * one) || (field.Max is { } max && units > new BigInteger(max) * one) ? "LEAT1305" : null;
    }

    private static string? Instant(ContractFieldDefinition field, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number) return field.Format is null && value.TryGetInt64(out var ms) && ms is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? null : "LEAT1303";
        if (value.ValueKind is not JsonValueKind.String) return "LEAT1303";
        string[] formats = field.Format is not null
            ? [field.Format]
            : ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.f", "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.fffZ"];
        return DateTime.TryParseExact(value.GetString(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _) ? null : "LEAT1303";
    }
}
