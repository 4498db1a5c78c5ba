using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>Turns expressions into delegates. Nodes that can fail add their place to the error on its way out.</summary>
internal sealed class ExpressionCompiler(SourceText source)
{
    public Evaluate Compile(Expression expression) => expression switch
    {
        Expression.Literal literal => Constant(literal.Value),
        Expression.Name name => scope => scope.Get(name.Identifier),
        Expression.TupleOf tuple => Tuple(tuple),
        Expression.ListOf list => List(list),
        Expression.DictOf dict => Dict(dict),
        Expression.Binary binary => Located(binary.Offset, Binary(binary)),
        Expression.Unary unary => Located(unary.Offset, Unary(unary)),
        Expression.Both both => Both(both),
        Expression.Either either => Either(either),
        Expression.Not not => Not(not),
        Expression.Comparison comparison => Located(comparison.Offset, Comparison(comparison)),
        Expression.Concatenation concatenation => Concatenation(concatenation),
        Expression.Conditional conditional => Conditional(conditional),
        Expression.Attribute attribute => Located(attribute.Offset, Attribute(attribute)),
        Expression.Item item => Located(item.Offset, Item(item)),
        Expression.SliceOf slice => Located(slice.Offset, Slice(slice)),
        Expression.Call call => Call(call),
        Expression.Filter filter => Filter(filter, filter.Target is null ? throw new InvalidOperationException("a filter block compiles its filter with CompileFilter") : Compile(filter.Target)),
        Expression.Test test => Located(test.Offset, Test(test)),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    /// <summary>A filter chain whose innermost target is given by the caller.</summary>
    public Evaluate CompileFilter(Expression chain, Evaluate innermost) =>
        chain is Expression.Filter filter ? Filter(filter, filter.Target is null ? innermost : CompileFilter(filter.Target, innermost)) : Compile(chain);

    public Evaluate Located(int offset, Evaluate inner) => scope =>
    {
        try
        {
            return inner(scope);
        }
        catch (JinjaError error) when (error.Locate(source, offset))
        {
            throw;
        }
    };

    /// <summary>Arguments of a call, ready to be filled in a scope.</summary>
    public Func<Scope, CallArguments> Arguments(ArgumentList list)
    {
        var positional = CompileAll(list.Positional);
        if (list.Keywords.Length == 0 && list.Star is null && list.DoubleStar is null)
        {
            if (positional.Length == 0) return _ => CallArguments.None;
            return scope => new CallArguments(EvaluateAll(positional, scope), []);
        }
        var names = list.Keywords.Select(k => k.Name).ToArray();
        var values = CompileAll([.. list.Keywords.Select(k => k.Value)]);
        var star = list.Star is null ? null : Compile(list.Star);
        var doubleStar = list.DoubleStar is null ? null : Compile(list.DoubleStar);
        return scope =>
        {
            var given = EvaluateAll(positional, scope);
            if (star is not null) given = [.. given, .. PyIteration.Over(star(scope))];
            var keywords = new List<KeyValuePair<string, object?>>(names.Length);
            for (var i = 0; i < names.Length; i++) keywords.Add(new(names[i], values[i](scope)));
            if (doubleStar?.Invoke(scope) is PyDict more)
                foreach (var (key, value) in more) keywords.Add(new(PyText.Str(key), value));
            return new CallArguments(given, [.. keywords]);
        };
    }

    private static Evaluate Constant(object? value) => _ => value;

    private Evaluate[] CompileAll(ImmutableArray<Expression> expressions) => [.. expressions.Select(Compile)];

    private static object?[] EvaluateAll(Evaluate[] items, Scope scope)
    {
        var values = new object?[items.Length];
        for (var i = 0; i < items.Length; i++) values[i] = items[i](scope);
        return values;
    }

    private Evaluate Tuple(Expression.TupleOf tuple)
    {
        var items = CompileAll(tuple.Items);
        return scope => new PyTuple(EvaluateAll(items, scope));
    }

    private Evaluate List(Expression.ListOf list)
    {
        var items = CompileAll(list.Items);
        return scope => new PyList(EvaluateAll(items, scope));
    }

    private Evaluate Dict(Expression.DictOf dict)
    {
        var keys = CompileAll([.. dict.Items.Select(i => i.Key)]);
        var values = CompileAll([.. dict.Items.Select(i => i.Value)]);
        return scope =>
        {
            var result = new PyDict();
            for (var i = 0; i < keys.Length; i++) result[keys[i](scope)] = values[i](scope);
            return result;
        };
    }

    private Evaluate Binary(Expression.Binary binary)
    {
        var (left, right, op) = (Compile(binary.Left), Compile(binary.Right), binary.Operator);
        return scope => PyMath.Apply(op, left(scope), right(scope));
    }

    private Evaluate Unary(Expression.Unary unary)
    {
        var operand = Compile(unary.Operand);
        if (unary.Operator == "-") return scope => PyMath.Negate(operand(scope));
        return scope => PyMath.Plus(operand(scope));
    }

    private Evaluate Both(Expression.Both both)
    {
        var (left, right) = (Compile(both.Left), Compile(both.Right));
        return scope => left(scope) is var value && !PyTruth.Of(value) ? value : right(scope);
    }

    private Evaluate Either(Expression.Either either)
    {
        var (left, right) = (Compile(either.Left), Compile(either.Right));
        return scope => left(scope) is var value && PyTruth.Of(value) ? value : right(scope);
    }

    private Evaluate Not(Expression.Not not)
    {
        var operand = Compile(not.Operand);
        return scope => !PyTruth.Of(operand(scope));
    }

    private Evaluate Comparison(Expression.Comparison comparison)
    {
        var first = Compile(comparison.First);
        var operators = comparison.Rest.Select(r => r.Operator).ToArray();
        var operands = CompileAll([.. comparison.Rest.Select(r => r.Operand)]);
        return scope =>
        {
            var left = first(scope);
            for (var i = 0; i < operators.Length; i++)
            {
                var right = operands[i](scope);
                if (!Compare(operators[i], left, right)) return false;
                left = right;
            }
            return true;
        };
    }

    private static bool Compare(string op, object? left, object? right) => op switch
    {
        "==" => PyCompare.AreEqual(left, right),
        "!=" => !PyCompare.AreEqual(left, right),
        "in" => PyIteration.Contains(right, left),
        "not in" => !PyIteration.Contains(right, left),
        "<" => PyCompare.Order(left, right, op) < 0,
        "<=" => PyCompare.Order(left, right, op) <= 0,
        ">" => PyCompare.Order(left, right, op) > 0,
        _ => PyCompare.Order(left, right, op) >= 0,
    };

    private Evaluate Concatenation(Expression.Concatenation concatenation)
    {
        var parts = CompileAll(concatenation.Parts);
        return scope => string.Concat(parts.Select(part => PyText.Str(part(scope))));
    }

    private Evaluate Conditional(Expression.Conditional conditional)
    {
        var (test, then) = (Compile(conditional.Condition), Compile(conditional.Then));
        var otherwise = conditional.Else is null ? Constant(new Undefined("the inline if-expression evaluated to false and no else section was defined.")) : Compile(conditional.Else);
        return scope => PyTruth.Of(test(scope)) ? then(scope) : otherwise(scope);
    }

    private Evaluate Attribute(Expression.Attribute attribute)
    {
        var (target, member) = (Compile(attribute.Target), attribute.Member);
        return scope => PyMembers.Attribute(target(scope), member);
    }

    private Evaluate Item(Expression.Item item)
    {
        var (target, index) = (Compile(item.Target), Compile(item.Index));
        return scope => PyMembers.Item(target(scope), index(scope));
    }

    private Evaluate Slice(Expression.SliceOf slice)
    {
        var target = Compile(slice.Target);
        var bounds = new[] { slice.Start, slice.Stop, slice.Step }.Select(b => b is null ? Constant(null) : Compile(b)).ToArray();
        return scope => PySlice.Of(target(scope), bounds[0](scope), bounds[1](scope), bounds[2](scope));
    }

    private Evaluate Call(Expression.Call call)
    {
        var target = Compile(call.Target);
        var arguments = Arguments(call.Arguments);
        return Located(call.Offset, scope => Invoke(target(scope), arguments(scope)));
    }

    public static object? Invoke(object? target, CallArguments arguments) => target switch
    {
        PyCallable callable => callable.Call(arguments),
        Undefined missing => throw missing.Error(),
        _ => throw new JinjaError(ErrorKind.TypeError, $"'{PyTypes.NameOf(target)}' object is not callable", "call functions and macros only"),
    };

    private Evaluate Filter(Expression.Filter filter, Evaluate target)
    {
        var apply = Filters.Find(filter.Identifier);
        var arguments = Arguments(filter.Arguments);
        return Located(filter.Offset, scope => apply(target(scope), arguments(scope)));
    }

    private Evaluate Test(Expression.Test test)
    {
        var apply = Tests.Find(test.Identifier);
        var target = Compile(test.Target);
        var arguments = Arguments(test.Arguments);
        return scope => apply(target(scope), arguments(scope));
    }
}
