using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>A statement of a template; <paramref name="Offset"/> is where it starts in the source.</summary>
internal abstract record Statement(int Offset)
{
    internal sealed record Data(int Offset, string Text) : Statement(Offset);

    internal sealed record Output(int Offset, Expression Value) : Statement(Offset);

    internal sealed record Do(int Offset, Expression Value) : Statement(Offset);

    internal sealed record If(int Offset, ImmutableArray<(Expression Test, ImmutableArray<Statement> Body)> Branches, ImmutableArray<Statement> Else) : Statement(Offset);

    internal sealed record For(int Offset, AssignTarget Target, Expression Over, ForBody Body) : Statement(Offset);

    internal sealed record Set(int Offset, AssignTarget Target, Expression Value) : Statement(Offset);

    internal sealed record SetBlock(int Offset, AssignTarget Target, Expression? Filter, ImmutableArray<Statement> Body) : Statement(Offset);

    internal sealed record With(int Offset, ImmutableArray<(AssignTarget Target, Expression Value)> Values, ImmutableArray<Statement> Body) : Statement(Offset);

    internal sealed record FilterBlock(int Offset, Expression Filter, ImmutableArray<Statement> Body) : Statement(Offset);

    internal sealed record Macro(int Offset, MacroSyntax Definition) : Statement(Offset);

    /// <summary>{% call(x, y) target(...) %}body{% endcall %}.</summary>
    internal sealed record CallBlock(int Offset, Expression.Call Call, MacroSyntax Caller) : Statement(Offset);

    internal sealed record Break(int Offset) : Statement(Offset);

    internal sealed record Continue(int Offset) : Statement(Offset);

    /// <summary>{% docs name %}, {% snapshot name %}, {% materialization name, ... %}: collected by the project loader, silent when rendered.</summary>
    internal sealed record NamedBlock(int Offset, string Tag, string Identifier, MacroSyntax Body, ImmutableDictionary<string, Expression> Settings) : Statement(Offset);
}
