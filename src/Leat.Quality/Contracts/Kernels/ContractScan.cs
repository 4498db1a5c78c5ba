using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>One pass over one record.</summary>
internal readonly ref struct ContractScan(FieldCheck[] checks, bool allowUnknown)
{
    /// <summary>The first violation in field order; null when the record passes.</summary>
    /// <exception cref="JsonException">Not one JSON value.</exception>
    public ContractViolation? Run(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return ViolationTexts.NotAnObject(ref reader);
        Span<ulong> seen = stackalloc ulong[(checks.Length + 63) / 64];
        Span<ulong> filled = stackalloc ulong[seen.Length];
        seen.Clear();
        filled.Clear();
        ContractViolation? twice = null, unknown = null, broken = null;
        var brokenAt = checks.Length;
        var next = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var index = Find(ref reader, next);
            if (index < 0)
            {
                if (!allowUnknown) unknown ??= ViolationTexts.Unknown(ref reader, checks);
                reader.Read();
                reader.Skip();
                continue;
            }
            next = index + 1;
            var bit = 1UL << (index & 63);
            if ((seen[index >> 6] & bit) != 0) twice ??= ViolationTexts.Twice(checks[index]);
            seen[index >> 6] |= bit;
            reader.Read();
            if (!IsMissing(ref reader, checks[index]))
            {
                filled[index >> 6] |= bit;
                var fault = checks[index].Check(ref reader);
                if (fault is not FieldFault.None && index < brokenAt)
                {
                    broken = ViolationTexts.Broken(checks[index], fault, ref reader);
                    brokenAt = index;
                }
            }
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        }
        reader.Read(); // throws when something follows the object
        return twice ?? FirstMissing(filled, brokenAt) ?? broken ?? unknown;
    }

    private static bool IsMissing(ref Utf8JsonReader reader, FieldCheck check) =>
        reader.TokenType is JsonTokenType.Null || (reader.TokenType is JsonTokenType.String && reader.ValueSpan.IsEmpty && check.EmptyIsMissing);

    private ContractViolation? FirstMissing(ReadOnlySpan<ulong> filled, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (checks[i].Field.Required && (filled[i >> 6] & (1UL << (i & 63))) == 0) return ViolationTexts.Missing(checks[i]);
        }
        return null;
    }

    // Records mostly hold their members in declared order: look at the next one first.
    private int Find(ref Utf8JsonReader reader, int next)
    {
        if (reader.ValueIsEscaped) return FindEscaped(ref reader);
        var name = reader.ValueSpan;
        for (var i = next; i < checks.Length; i++)
        {
            if (name.SequenceEqual(checks[i].NameBytes)) return i;
        }
        for (var i = 0; i < next && i < checks.Length; i++)
        {
            if (name.SequenceEqual(checks[i].NameBytes)) return i;
        }
        return -1;
    }

    private int FindEscaped(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < checks.Length; i++)
        {
            if (reader.ValueTextEquals(checks[i].NameBytes)) return i;
        }
        return -1;
    }
}
