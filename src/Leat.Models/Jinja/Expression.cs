using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>An expression of a template; <paramref name="Offset"/> is where it starts in the source.</summary>
internal abstract record Expression(int Offset)
{
    internal sealed record Literal(int Offset, object? Value) : Expression(Offset);

    internal sealed record Name(int Offset, string Identifier) : Expression(Offset);

    internal sealed record TupleOf(int Offset, ImmutableArray<Expression> Items) : Expression(Offset);

    internal sealed record ListOf(int Offset, ImmutableArray<Expression> Items) : Expression(Offset);

    internal sealed record DictOf(int Offset, ImmutableArray<(Expression Key, Expression Value)> Items) : Expression(Offset);

    internal sealed record Binary(int Offset, string Operator, Expression Left, Expression Right) : Expression(Offset);

    internal sealed record Unary(int Offset, string Operator, Expression Operand) : Expression(Offset);

    internal sealed record Both(int Offset, Expression Left, Expression Right) : Expression(Offset);

    internal sealed record Either(int Offset, Expression Left, Expression Right) : Expression(Offset);

    internal sealed record Not(int Offset, Expression Operand) : Expression(Offset);

    internal sealed record Comparison(int Offset, Expression First, ImmutableArray<(string Operator, Expression Operand)> Rest) : Expression(Offset);

    internal sealed record Concatenation(int Offset, ImmutableArray<Expression> Parts) : Expression(Offset);

    internal sealed record Conditional(int Offset, Expression Condition, Expression Then, Expression? Else) : Expression(Offset);

    internal sealed record Attribute(int Offset, Expression Target, string Member) : Expression(Offset);

    internal sealed record Item(int Offset, Expression Target, Expression Index) : Expression(Offset);

    internal sealed record SliceOf(int Offset, Expression Target, Expression? Start, Expression? Stop, Expression? Step) : Expression(Offset);

    internal sealed record Call(int Offset, Expression Target, ArgumentList Arguments) : Expression(Offset);

    /// <summary>Target is null inside a filter block, where the block's text takes its place.</summary>
    internal sealed record Filter(int Offset, Expression? Target, string Identifier, ArgumentList Arguments) : Expression(Offset);

    internal sealed record Test(int Offset, Expression Target, string Identifier, ArgumentList Arguments) : Expression(Offset);
}
