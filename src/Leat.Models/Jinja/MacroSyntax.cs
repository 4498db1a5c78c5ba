using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>A macro as written.</summary>
/// <param name="Identifier">Name; generic tests are "test_" and the name.</param>
/// <param name="Parameters">Parameters with defaults; a missing default is null.</param>
/// <param name="Body">Statements.</param>
/// <param name="Special">Which of varargs, kwargs and caller the body reads.</param>
internal sealed record MacroSyntax(
    string Identifier,
    ImmutableArray<(string Name, Expression? Default)> Parameters,
    ImmutableArray<Statement> Body,
    ImmutableHashSet<string> Special)
{
    public bool Catches(string name) => Special.Contains(name);
}
