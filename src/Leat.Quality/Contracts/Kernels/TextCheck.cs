using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Texts, and enumerations as their labels, with accepted values and pattern.</summary>
internal sealed class TextCheck : FieldCheck
{
    private const int StackChars = 256;
    private readonly byte[][]? _accepted;
    private readonly Regex? _pattern;

    /// <exception cref="LeatException">LEAT1310 the pattern is not a regular expression, or not one that runs in linear time.</exception>
    public TextCheck(ContractFieldDefinition field, string declaredAt)
        : base(field)
    {
        var accepted = field.Accepted ?? (field.Type.Kind is TypeKind.Enum ? field.Type.Labels : null);
        _accepted = accepted?.Select(Encoding.UTF8.GetBytes).ToArray();
        _pattern = field.Pattern is null ? null : Compile(field, declaredAt);
    }

    public override string Allowed => _accepted is not null
        ? "one of " + string.Join(", ", _accepted.Take(20).Select(Encoding.UTF8.GetString)) + (_accepted.Length > 20 ? $" and {_accepted.Length - 20} more" : "")
        : _pattern is not null ? $"a text like {Field.Pattern}" : "a text";

    public override bool EmptyIsMissing => false;

    public override FieldFault Check(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String) return FieldFault.WrongType;
        if (!reader.ValueIsEscaped)
        {
            return _accepted is null && _pattern is null ? FieldFault.None : Rules(reader.ValueSpan);
        }
        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return Rules(rented.AsSpan(0, reader.CopyString(rented)));
        }
        catch (InvalidOperationException)
        {
            return FieldFault.WrongType; // half a surrogate pair: not text in any encoding
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private FieldFault Rules(ReadOnlySpan<byte> text)
    {
        if (_accepted is not null && !IsAccepted(text)) return FieldFault.NotAccepted;
        return _pattern is null || Matches(text) ? FieldFault.None : FieldFault.NoMatch;
    }

    private bool IsAccepted(ReadOnlySpan<byte> text)
    {
        foreach (var one in _accepted!)
        {
            if (text.SequenceEqual(one)) return true;
        }
        return false;
    }

    private bool Matches(ReadOnlySpan<byte> text)
    {
        if (text.Length <= StackChars)
        {
            Span<char> chars = stackalloc char[StackChars];
            return _pattern!.IsMatch(chars[..Encoding.UTF8.GetChars(text, chars)]);
        }
        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            return _pattern!.IsMatch(rented.AsSpan(0, Encoding.UTF8.GetChars(text, rented)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static Regex Compile(ContractFieldDefinition field, string declaredAt)
    {
        try
        {
            return new Regex($@"\A(?:{field.Pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException)
        {
            throw new LeatException("LEAT1310", $"the pattern of '{field.Name}' cannot be used: {cause.Message}", declaredAt, "write a regular expression without look-around and back-references", cause: cause);
        }
    }
}
