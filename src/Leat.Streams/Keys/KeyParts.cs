using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Text.Json;
using Leat.Streams.Rows;

namespace Leat.Streams.Keys;

/// <summary>A key taken apart into simple values, and how it is made of them again.</summary>
internal sealed record KeyParts(ImmutableArray<Expression> Values, ImmutableArray<string> Names, Func<ImmutableArray<Expression>, Expression> Make)
{
    public static KeyParts Of(Expression key)
    {
        var type = key.Type;
        if (type == typeof(NoKey)) return new KeyParts([], [], _ => Expression.Default(type));
        if (KeyLeaf.Supports(type)) return new KeyParts([key], ["key"], parts => parts[0]);
        if (RowParts.Of(type) is not { } parts) throw StreamErrors.KeyType(type);
        var values = parts.Members.Select(m => (Expression)Expression.MakeMemberAccess(key, m)).ToImmutableArray();
        if (values.IsEmpty || values.Any(v => !KeyLeaf.Supports(v.Type))) throw StreamErrors.KeyType(type);
        return new KeyParts(values, [.. parts.Members.Select(m => JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Name))], parts.Make);
    }
}
