using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Models.Jinja;

/// <summary>A template, parsed and compiled; may be rendered many times, by any thread.</summary>
internal sealed class JinjaTemplate
{
    private readonly Execute _body;
    private readonly StatementCompiler _compiler;

    private JinjaTemplate(SourceText source, ImmutableArray<Statement> statements)
    {
        Source = source;
        Statements = statements;
        _compiler = new StatementCompiler(source);
        _body = _compiler.CompileAll(statements);
    }

    public SourceText Source { get; }

    public ImmutableArray<Statement> Statements { get; }

    /// <exception cref="LeatException">LEAT4001 with line and column.</exception>
    public static JinjaTemplate Parse(SourceText source)
    {
        try
        {
            return new JinjaTemplate(source, StatementParser.Parse(source));
        }
        catch (JinjaError error)
        {
            throw error.ToLeat(source);
        }
    }

    /// <summary>The macros of a macro file: {% macro %}, {% test %}.</summary>
    public IEnumerable<CompiledMacro> Macros() => Statements.OfType<Statement.Macro>().Select(m => _compiler.CompileMacro(m.Definition));

    /// <summary>Snapshot, docs and materialization blocks.</summary>
    public IEnumerable<(Statement.NamedBlock Block, CompiledMacro Body)> NamedBlocks() =>
        Statements.OfType<Statement.NamedBlock>().Select(b => (b, _compiler.CompileMacro(b.Body)));

    /// <summary>Renders with the names given.</summary>
    /// <exception cref="LeatException">LEAT4002-4005, with line, column and macro stack.</exception>
    public string Render(INames names) => RenderMapped(names, mapped: false).Text;

    /// <summary>Renders and keeps where each part came from.</summary>
    public RenderMap RenderMapped(INames names, bool mapped = true)
    {
        try
        {
            return RenderUnguarded(new Scope(names), mapped);
        }
        catch (JinjaError error)
        {
            throw error.ToLeat(Source);
        }
    }

    /// <summary>Renders; errors stay <see cref="JinjaError"/>, so that a rendering around it adds its places.</summary>
    public RenderMap RenderUnguarded(Scope scope, bool mapped)
    {
        var output = new RenderOutput(mapped);
        try
        {
            if (_body(scope, output) == Flow.Return) throw new ReturnSignal(scope.State.Returned);
        }
        catch (ReturnSignal)
        {
            throw new JinjaError(ErrorKind.TemplateRuntimeError, "return() outside of a macro", "return from macros only");
        }
        return output.ToMap(Source);
    }

    /// <summary>The value of a template that is a single expression, with its type; otherwise its text.</summary>
    public object? Evaluate(INames names)
    {
        if (Statements is not [Statement.Output single]) return Render(names);
        try
        {
            return new ExpressionCompiler(Source).Compile(single.Value)(new Scope(names));
        }
        catch (JinjaError error)
        {
            throw error.ToLeat(Source);
        }
    }
}
