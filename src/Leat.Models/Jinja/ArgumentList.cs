using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>Arguments as written: positional, by keyword, *list and **dict.</summary>
internal sealed record ArgumentList(
    ImmutableArray<Expression> Positional,
    ImmutableArray<(string Name, Expression Value)> Keywords,
    Expression? Star,
    Expression? DoubleStar)
{
    public static readonly ArgumentList Empty = new([], [], null, null);
}
