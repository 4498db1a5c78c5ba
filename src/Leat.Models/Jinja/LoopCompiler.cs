namespace Leat.Models.Jinja;

/// <summary>For loops: each turn has a scope of its own, so that nothing set inside leaks out.</summary>
internal sealed class LoopCompiler(StatementCompiler statements, ExpressionCompiler expressions)
{
    private delegate Flow Turns(Scope scope, RenderOutput output, object? over, int depth);

    public Execute Compile(Statement.For loop)
    {
        var target = statements.CompileTarget(loop.Target);
        var over = expressions.Compile(loop.Over);
        var iterate = expressions.Located(loop.Over.Offset, scope => PyIteration.Over(over(scope)).ToList());
        var filter = loop.Body.Filter is null ? null : expressions.Compile(loop.Body.Filter);
        var body = statements.CompileAll(loop.Body.Statements);
        var otherwise = statements.CompileAll(loop.Body.Else);

        Flow Run(Scope scope, RenderOutput output, List<object?> all, int depth)
        {
            var items = filter is null ? all : all.FindAll(item => Passes(scope, item));
            if (items.Count == 0) return otherwise(scope, output);
            var recurse = loop.Body.Recursive ? (Func<object?, int, string>)((inner, level) => Recurse(scope, inner, level)) : null;
            var context = new LoopContext(items, depth, recurse);
            for (var i = 0; i < items.Count; i++)
            {
                context.Index = i;
                var turn = new Scope(scope);
                turn.Set("loop", context);
                target(turn, items[i]);
                var flow = body(turn, output);
                if (flow == Flow.Break) break;
                if (flow == Flow.Return) return flow;
            }
            return Flow.Next;
        }

        bool Passes(Scope scope, object? item)
        {
            var probe = new Scope(scope);
            target(probe, item);
            return PyTruth.Of(filter!(probe));
        }

        string Recurse(Scope scope, object? inner, int depth)
        {
            var text = new RenderOutput();
            Run(scope, text, PyIteration.Over(inner).ToList(), depth);
            return text.Text.ToString();
        }

        return (scope, output) => Run(scope, output, (List<object?>)iterate(scope)!, 0);
    }
}
