using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>Turns statements into delegates.</summary>
internal sealed class StatementCompiler
{
    private readonly SourceText _source;
    private readonly ExpressionCompiler _expressions;
    private readonly LoopCompiler _loops;

    public StatementCompiler(SourceText source)
    {
        _source = source;
        _expressions = new ExpressionCompiler(source);
        _loops = new LoopCompiler(this, _expressions);
    }

    public Execute CompileAll(ImmutableArray<Statement> statements)
    {
        var steps = statements.Select(Compile).ToArray();
        if (steps.Length == 1) return steps[0];
        return (scope, output) =>
        {
            foreach (var step in steps)
                if (step(scope, output) is var flow && flow != Flow.Next) return flow;
            return Flow.Next;
        };
    }

    public CompiledMacro CompileMacro(MacroSyntax syntax) => new(
        _source,
        syntax,
        [.. syntax.Parameters.Select(p => (p.Name, p.Default is null ? null : (Evaluate?)_expressions.Compile(p.Default)))],
        CompileAll(syntax.Body));

    public Action<Scope, object?> CompileTarget(AssignTarget target)
    {
        switch (target)
        {
            case AssignTarget.Variable variable:
                return (scope, value) => scope.Set(variable.Identifier, value);
            case AssignTarget.NamespaceMember member:
                return (scope, value) => SetMember(scope, member, value);
            default:
                var tuple = (AssignTarget.TupleOf)target;
                var items = tuple.Items.Select(CompileTarget).ToArray();
                return (scope, value) => Unpack(scope, tuple.Offset, items, value);
        }
    }

    private Execute Compile(Statement statement) => statement switch
    {
        Statement.Data data => (_, output) => Append(output, data.Offset, data.Text, true),
        Statement.Output { Value: Expression.Call { Target: Expression.Name { Identifier: "return" } } call } => Return(call),
        Statement.Do { Value: Expression.Call { Target: Expression.Name { Identifier: "return" } } call } => Return(call),
        Statement.Output printed => Output(printed),
        Statement.Do effect => Do(effect),
        Statement.If condition => If(condition),
        Statement.For loop => _loops.Compile(loop),
        Statement.Set set => Set(set),
        Statement.SetBlock block => SetBlock(block),
        Statement.With with => With(with),
        Statement.FilterBlock block => FilterBlock(block),
        Statement.Macro macro => Macro(macro),
        Statement.CallBlock block => CallBlock(block),
        Statement.Break => (_, _) => Flow.Break,
        Statement.Continue => (_, _) => Flow.Continue,
        Statement.NamedBlock => (_, _) => Flow.Next,
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    private static Flow Append(RenderOutput output, int offset, string text, bool verbatim)
    {
        output.Append(offset, text, verbatim);
        return Flow.Next;
    }

    private Execute Output(Statement.Output printed)
    {
        var value = _expressions.Compile(printed.Value);
        return (scope, output) => Append(output, printed.Offset, PyText.Str(value(scope)), false);
    }

    private Execute Do(Statement.Do effect)
    {
        var value = _expressions.Compile(effect.Value);
        return (scope, _) =>
        {
            value(scope);
            return Flow.Next;
        };
    }

    private Execute Return(Expression.Call call)
    {
        var arguments = _expressions.Arguments(call.Arguments);
        var located = _expressions.Located(call.Offset, scope => arguments(scope).Get(0, "data"));
        return (scope, _) =>
        {
            scope.State.Returned = located(scope);
            return Flow.Return;
        };
    }

    private Execute If(Statement.If condition)
    {
        var tests = condition.Branches.Select(b => _expressions.Compile(b.Test)).ToArray();
        var bodies = condition.Branches.Select(b => CompileAll(b.Body)).ToArray();
        var otherwise = CompileAll(condition.Else);
        return (scope, output) =>
        {
            for (var i = 0; i < tests.Length; i++)
                if (PyTruth.Of(tests[i](scope))) return bodies[i](scope, output);
            return otherwise(scope, output);
        };
    }

    private Execute Set(Statement.Set set)
    {
        var target = CompileTarget(set.Target);
        var value = _expressions.Compile(set.Value);
        return (scope, _) =>
        {
            target(scope, value(scope));
            return Flow.Next;
        };
    }

    private Execute SetBlock(Statement.SetBlock block)
    {
        var target = CompileTarget(block.Target);
        var captured = Captured(block.Body, block.Filter);
        return (scope, _) =>
        {
            var flow = captured(new Scope(scope), out var value);
            if (flow == Flow.Next) target(scope, value);
            return flow;
        };
    }

    private Execute FilterBlock(Statement.FilterBlock block)
    {
        var captured = Captured(block.Body, block.Filter);
        return (scope, output) =>
        {
            var flow = captured(new Scope(scope), out var value);
            if (flow == Flow.Next) output.Append(block.Offset, PyText.Str(value), false);
            return flow;
        };
    }

    private delegate Flow Capture(Scope scope, out object? value);

    /// <summary>Runs a body into a string and puts it through a filter chain.</summary>
    private Capture Captured(ImmutableArray<Statement> statements, Expression? filter)
    {
        const string slot = "\u0001block";
        var body = CompileAll(statements);
        var chain = filter is null ? null : _expressions.CompileFilter(filter, scope => scope.Get(slot));
        return (Scope scope, out object? value) =>
        {
            var inner = new RenderOutput();
            var flow = body(scope, inner);
            value = inner.Text.ToString();
            if (chain is null || flow != Flow.Next) return flow;
            scope.Set(slot, value);
            value = chain(scope);
            return flow;
        };
    }

    private Execute With(Statement.With with)
    {
        var targets = with.Values.Select(v => CompileTarget(v.Target)).ToArray();
        var values = with.Values.Select(v => _expressions.Compile(v.Value)).ToArray();
        var body = CompileAll(with.Body);
        return (scope, output) =>
        {
            var inner = new Scope(scope);
            for (var i = 0; i < targets.Length; i++) targets[i](inner, values[i](scope));
            return body(inner, output);
        };
    }

    private Execute Macro(Statement.Macro macro)
    {
        var compiled = CompileMacro(macro.Definition);
        return (scope, _) =>
        {
            scope.Set(compiled.Name, new PyMacro(compiled, scope));
            return Flow.Next;
        };
    }

    private Execute CallBlock(Statement.CallBlock block)
    {
        var target = _expressions.Compile(block.Call.Target);
        var arguments = _expressions.Arguments(block.Call.Arguments);
        var caller = CompileMacro(block.Caller);
        var call = _expressions.Located(block.Call.Offset, scope =>
        {
            var given = arguments(scope);
            return ExpressionCompiler.Invoke(target(scope), given with { Keywords = [.. given.Keywords, new("caller", new PyMacro(caller, scope))] });
        });
        return (scope, output) => Append(output, block.Offset, PyText.Str(call(scope)), false);
    }

    private void SetMember(Scope scope, AssignTarget.NamespaceMember member, object? value)
    {
        if (scope.Get(member.Identifier) is PyNamespace names)
        {
            names.Set(member.Member, value);
            return;
        }
        var error = new JinjaError(ErrorKind.TemplateRuntimeError, "cannot assign attribute on non-namespace object", $"make it one first: {{% set {member.Identifier} = namespace() %}}");
        error.Locate(_source, member.Offset);
        throw error;
    }

    private void Unpack(Scope scope, int offset, Action<Scope, object?>[] targets, object? value)
    {
        try
        {
            var values = PyIteration.Over(value).ToList();
            if (values.Count != targets.Length)
            {
                var message = values.Count > targets.Length ? $"too many values to unpack (expected {targets.Length})" : $"not enough values to unpack (expected {targets.Length}, got {values.Count})";
                throw new JinjaError(ErrorKind.ValueError, message, $"the value has {values.Count} items: name as many variables");
            }
            for (var i = 0; i < targets.Length; i++) targets[i](scope, values[i]);
        }
        catch (JinjaError error) when (error.Locate(_source, offset))
        {
            throw;
        }
    }
}
