using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>A macro ready to run in any scope.</summary>
internal sealed record CompiledMacro(SourceText Source, MacroSyntax Syntax, ImmutableArray<(string Name, Evaluate? Default)> Parameters, Execute Body)
{
    public string Name => Syntax.Identifier;
}
