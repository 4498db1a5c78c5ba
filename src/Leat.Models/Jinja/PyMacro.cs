using System.Runtime.CompilerServices;

namespace Leat.Models.Jinja;

/// <summary>A macro bound to the scope whose names it sees. Its value is its text, or what it returns.</summary>
internal sealed class PyMacro(CompiledMacro macro, Scope around) : PyCallable
{
    public CompiledMacro Definition => macro;

    public override string Name => macro.Name;

    public override string TypeName => "Macro";

    public override string Text => $"<Macro '{macro.Name}'>";

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "name" => macro.Name,
            "arguments" => new PyTuple([.. macro.Parameters.Select(p => p.Name)]),
            "catch_kwargs" => macro.Syntax.Catches("kwargs"),
            "catch_varargs" => macro.Syntax.Catches("varargs"),
            "caller" => macro.Syntax.Catches("caller"),
            _ => this,
        };
        return value != this;
    }

    public override object? Call(CallArguments arguments)
    {
        var state = around.State;
        if (state.Depth >= RenderState.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new JinjaError(ErrorKind.RecursionError, $"macro '{macro.Name}' calls itself too deep ({state.Depth} levels)");
        state.Depth++;
        try
        {
            return Run(Bind(arguments), state);
        }
        catch (JinjaError error) when (error.Leave(macro.Name))
        {
            throw;
        }
        finally
        {
            state.Depth--;
        }
    }

    private object? Run(Scope scope, RenderState state)
    {
        var output = new RenderOutput();
        if (macro.Name == "caller") return macro.Body(scope, output) == Flow.Return ? throw new ReturnSignal(state.Returned) : output.Text.ToString();
        try
        {
            if (macro.Body(scope, output) != Flow.Return) return output.Text.ToString();
            var value = state.Returned;
            state.Returned = null;
            return value;
        }
        catch (ReturnSignal signal)
        {
            return signal.Value;
        }
    }

    private Scope Bind(CallArguments arguments)
    {
        var scope = new Scope(around);
        var parameters = macro.Parameters;
        var used = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, fallback) = parameters[i];
            if (arguments.TryGet(i, name, out var value))
            {
                scope.Set(name, value);
                if (i >= arguments.Count) used++;
            }
            else scope.Set(name, fallback is null ? new Undefined($"parameter {PyText.Repr(name)} was not provided") : fallback(scope));
        }
        BindRest(scope, arguments, used);
        return scope;
    }

    private void BindRest(Scope scope, CallArguments arguments, int keywordsUsed)
    {
        var syntax = macro.Syntax;
        var isParameter = (string name) => macro.Parameters.Any(p => p.Name == name);
        if (syntax.Catches("varargs")) scope.Set("varargs", new PyTuple([.. arguments.Positional.Skip(macro.Parameters.Length)]));
        else if (arguments.Count > macro.Parameters.Length)
            throw new JinjaError(ErrorKind.TypeError, $"macro {PyText.Repr(macro.Name)} takes not more than {macro.Parameters.Length} argument(s)", $"pass {string.Join(", ", macro.Parameters.Select(p => p.Name))}");
        if (syntax.Catches("caller") && !isParameter("caller"))
        {
            var given = arguments.TryGet(-1, "caller", out var caller);
            scope.Set("caller", given ? caller : new Undefined("No caller defined"));
            if (given) keywordsUsed++;
        }
        if (syntax.Catches("kwargs"))
            scope.Set("kwargs", new PyDict(arguments.Keywords.Where(k => !isParameter(k.Key) && k.Key != "caller").Select(k => KeyValuePair.Create((object?)k.Key, k.Value))));
        else if (arguments.Keywords.Length > keywordsUsed && arguments.Keywords.FirstOrDefault(k => !isParameter(k.Key) && (k.Key != "caller" || !syntax.Catches("caller"))) is { Key: { } unknown })
        {
            var nearest = Core.Nearest.To(unknown, macro.Parameters.Select(p => p.Name));
            throw new JinjaError(ErrorKind.TypeError, $"macro {PyText.Repr(macro.Name)} takes no keyword argument {PyText.Repr(unknown)}", nearest is null ? $"parameters are {string.Join(", ", macro.Parameters.Select(p => p.Name))}" : $"use '{nearest}'");
        }
    }
}
