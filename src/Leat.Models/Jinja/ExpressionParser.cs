using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Expressions, by recursive descent in Jinja's order of precedence.</summary>
internal sealed class ExpressionParser(TokenStream stream, ISet<string> namesSeen)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    /// <summary>With an inline if.</summary>
    public Expression Parse()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw stream.Fail("expression is nested too deep");
        var value = Or();
        while (stream.Current.IsName("if"))
        {
            var offset = stream.Next().Offset;
            var test = Or();
            var otherwise = stream.SkipName("else") ? Parse() : null;
            value = new Expression.Conditional(offset, test, value, otherwise);
        }
        return value;
    }

    public Expression ParseWithoutConditional() => Or();

    /// <summary>One expression, or a tuple without brackets. Stops before any of <paramref name="endNames"/>.</summary>
    public Expression ParseTuple(bool conditional = true, bool inBrackets = false, params string[] endNames)
    {
        var offset = stream.Current.Offset;
        var items = ImmutableArray.CreateBuilder<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0) stream.ExpectOperator(",");
            if (TupleEnds(endNames)) break;
            items.Add(conditional ? Parse() : Or());
            if (!stream.Current.IsOperator(",")) break;
            isTuple = true;
        }
        if (isTuple) return new Expression.TupleOf(offset, items.ToImmutable());
        if (items.Count > 0) return items[0];
        if (!inBrackets) throw stream.Fail($"Expected an expression, got {PyText.Repr(stream.Current.Described)}");
        return new Expression.TupleOf(offset, []);
    }

    /// <summary>Filters that follow; <paramref name="target"/> is null at the head of a filter block.</summary>
    public Expression ParseFilterChain(Expression? target, bool startsInline)
    {
        while (startsInline || stream.Current.IsOperator("|"))
        {
            if (!startsInline) stream.Next();
            startsInline = false;
            var name = stream.Expect(TokenKind.Name);
            var identifier = DottedName(name.Text);
            var arguments = stream.Current.IsOperator("(") ? Arguments() : ArgumentList.Empty;
            if (!Filters.Exists(identifier)) throw Unknown("filter", identifier, name.Offset, Filters.Names);
            target = new Expression.Filter(name.Offset, target, identifier, arguments);
        }
        return target!;
    }

    public Expression Postfix(Expression target)
    {
        while (true)
        {
            if (stream.Current.IsOperator(".") || stream.Current.IsOperator("[")) target = Subscript(target);
            else if (stream.Current.IsOperator("(")) target = new Expression.Call(target.Offset, target, Arguments());
            else return target;
        }
    }

    public Expression Unary(bool withFilter)
    {
        var offset = stream.Current.Offset;
        Expression value;
        if (stream.Current.IsOperator("-") || stream.Current.IsOperator("+"))
        {
            var op = stream.Next().Text;
            value = new Expression.Unary(offset, op, Unary(false));
        }
        else value = Primary();
        value = Postfix(value);
        return withFilter ? FilterExpression(value) : value;
    }

    private bool TupleEnds(string[] endNames) =>
        stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || stream.Current.IsOperator(")") || endNames.Any(stream.Current.IsName);

    private Expression Or()
    {
        var left = And();
        while (stream.Current.IsName("or")) left = new Expression.Either(stream.Next().Offset, left, And());
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (stream.Current.IsName("and")) left = new Expression.Both(stream.Next().Offset, left, Not());
        return left;
    }

    private Expression Not() => stream.Current.IsName("not") ? new Expression.Not(stream.Next().Offset, Not()) : Compare();

    private Expression Compare()
    {
        var first = Add();
        var rest = ImmutableArray.CreateBuilder<(string, Expression)>();
        while (true)
        {
            var current = stream.Current;
            if (current.Kind == TokenKind.Operator && Comparisons.Contains(current.Text))
            {
                stream.Next();
                rest.Add((current.Text, Add()));
            }
            else if (stream.SkipName("in")) rest.Add(("in", Add()));
            else if (current.IsName("not") && stream.Look.IsName("in"))
            {
                stream.Next();
                stream.Next();
                rest.Add(("not in", Add()));
            }
            else break;
        }
        return rest.Count == 0 ? first : new Expression.Comparison(first.Offset, first, rest.ToImmutable());
    }

    private Expression Add() => LeftToRight(Concat, "+", "-");

    private Expression Concat()
    {
        var first = Multiply();
        if (!stream.Current.IsOperator("~")) return first;
        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        while (stream.SkipOperator("~")) parts.Add(Multiply());
        return new Expression.Concatenation(first.Offset, parts.ToImmutable());
    }

    private Expression Multiply() => LeftToRight(Power, "*", "/", "//", "%");

    private Expression LeftToRight(Func<Expression> operand, params ReadOnlySpan<string> operators)
    {
        var left = operand();
        while (stream.Current.Kind == TokenKind.Operator && operators.Contains(stream.Current.Text))
        {
            var token = stream.Next();
            left = new Expression.Binary(left.Offset, token.Text, left, operand());
        }
        return left;
    }

    private Expression Power()
    {
        var left = Unary(true);
        while (stream.Current.IsOperator("**"))
        {
            stream.Next();
            left = new Expression.Binary(left.Offset, "**", left, Unary(true));
        }
        return left;
    }

    private Expression FilterExpression(Expression value)
    {
        while (true)
        {
            if (stream.Current.IsOperator("|")) value = ParseFilterChain(value, false);
            else if (stream.Current.IsName("is")) value = TestExpression(value);
            else if (stream.Current.IsOperator("(")) value = new Expression.Call(value.Offset, value, Arguments());
            else return value;
        }
    }

    private Expression TestExpression(Expression target)
    {
        stream.Next();
        var negated = stream.SkipName("not");
        var name = stream.Expect(TokenKind.Name);
        var identifier = DottedName(name.Text);
        var arguments = ArgumentList.Empty;
        if (stream.Current.IsOperator("(")) arguments = Arguments();
        else if (TestTakesOperand())
        {
            if (stream.Current.IsName("is")) throw stream.Fail("You cannot chain multiple tests with is");
            arguments = ArgumentList.Empty with { Positional = [Postfix(Primary())] };
        }
        if (!Tests.Exists(identifier)) throw Unknown("test", identifier, name.Offset, Tests.Names);
        Expression test = new Expression.Test(name.Offset, target, identifier, arguments);
        return negated ? new Expression.Not(name.Offset, test) : test;
    }

    private bool TestTakesOperand() => stream.Current.Kind switch
    {
        TokenKind.Name => stream.Current.Text is not ("else" or "or" or "and" or "if"),
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Operator => stream.Current.Text is "(" or "[" or "{",
        _ => false,
    };

    private string DottedName(string name)
    {
        while (stream.Current.IsOperator("."))
        {
            stream.Next();
            name += "." + stream.Expect(TokenKind.Name).Text;
        }
        return name;
    }

    private JinjaError Unknown(string what, string name, int offset, IEnumerable<string> known)
    {
        var nearest = Core.Nearest.To(name, known);
        return stream.Fail($"No {what} named {PyText.Repr(name)}.", offset, ErrorKind.TemplateAssertionError, nearest is null ? $"use a {what} that exists" : $"use '{nearest}'");
    }

    private Expression Primary()
    {
        var token = stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                stream.Next();
                return NameOrConstant(token);
            case TokenKind.String:
                return StringLiteral();
            case TokenKind.Integer or TokenKind.Float:
                stream.Next();
                return new Expression.Literal(token.Offset, token.Value);
            case TokenKind.Operator when token.Text == "(":
                stream.Next();
                var inner = ParseTuple(inBrackets: true);
                stream.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return List();
            case TokenKind.Operator when token.Text == "{":
                return Dict();
            default:
                throw stream.Fail($"unexpected {PyText.Repr(token.Described)}");
        }
    }

    private Expression NameOrConstant(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True": return new Expression.Literal(token.Offset, true);
            case "false" or "False": return new Expression.Literal(token.Offset, false);
            case "none" or "None": return new Expression.Literal(token.Offset, null);
        }
        namesSeen.Add(token.Text);
        return new Expression.Name(token.Offset, token.Text);
    }

    private Expression StringLiteral()
    {
        var first = stream.Next();
        if (stream.Current.Kind != TokenKind.String) return new Expression.Literal(first.Offset, first.Value);
        var text = new StringBuilder((string)first.Value!);
        while (stream.Current.Kind == TokenKind.String) text.Append((string)stream.Next().Value!);
        return new Expression.Literal(first.Offset, text.ToString());
    }

    private Expression.ListOf List()
    {
        var offset = stream.Next().Offset;
        var items = ImmutableArray.CreateBuilder<Expression>();
        while (!stream.Current.IsOperator("]"))
        {
            if (items.Count > 0) stream.ExpectOperator(",");
            if (stream.Current.IsOperator("]")) break;
            items.Add(Parse());
        }
        stream.ExpectOperator("]");
        return new Expression.ListOf(offset, items.ToImmutable());
    }

    private Expression.DictOf Dict()
    {
        var offset = stream.Next().Offset;
        var items = ImmutableArray.CreateBuilder<(Expression, Expression)>();
        while (!stream.Current.IsOperator("}"))
        {
            if (items.Count > 0) stream.ExpectOperator(",");
            if (stream.Current.IsOperator("}")) break;
            var key = Parse();
            stream.ExpectOperator(":");
            items.Add((key, Parse()));
        }
        stream.ExpectOperator("}");
        return new Expression.DictOf(offset, items.ToImmutable());
    }

    private Expression Subscript(Expression target)
    {
        var token = stream.Next();
        if (token.Text == ".")
        {
            var member = stream.Current;
            stream.Next();
            return member.Kind switch
            {
                TokenKind.Name => new Expression.Attribute(member.Offset, target, member.Text),
                TokenKind.Integer => new Expression.Item(member.Offset, target, new Expression.Literal(member.Offset, member.Value)),
                _ => throw stream.Fail("expected name or number", member.Offset),
            };
        }
        var items = new List<Expression>();
        Expression? slice = null;
        while (!stream.Current.IsOperator("]"))
        {
            if (items.Count > 0) stream.ExpectOperator(",");
            var (index, asSlice) = Index(target);
            slice = asSlice;
            items.Add(index);
        }
        stream.ExpectOperator("]");
        if (items.Count == 1 && slice is not null) return slice;
        return new Expression.Item(token.Offset, target, items.Count == 1 ? items[0] : new Expression.TupleOf(token.Offset, [.. items]));
    }

    private (Expression Index, Expression? Slice) Index(Expression target)
    {
        var offset = stream.Current.Offset;
        var parts = new Expression?[3];
        var count = 0;
        if (!stream.Current.IsOperator(":"))
        {
            parts[0] = Parse();
            if (!stream.Current.IsOperator(":")) return (parts[0]!, null);
        }
        while (count < 2 && stream.SkipOperator(":"))
        {
            count++;
            if (!stream.Current.IsOperator(":") && !stream.Current.IsOperator("]") && !stream.Current.IsOperator(",")) parts[count] = Parse();
        }
        return (new Expression.Literal(offset, null), new Expression.SliceOf(offset, target, parts[0], parts[1], parts[2]));
    }

    private ArgumentList Arguments()
    {
        stream.ExpectOperator("(");
        var positional = ImmutableArray.CreateBuilder<Expression>();
        var keywords = ImmutableArray.CreateBuilder<(string, Expression)>();
        Expression? star = null;
        Expression? doubleStar = null;
        var first = true;
        while (!stream.Current.IsOperator(")"))
        {
            if (!first) stream.ExpectOperator(",");
            first = false;
            if (stream.Current.IsOperator(")")) break;
            if (stream.SkipOperator("*")) star = Parse();
            else if (stream.SkipOperator("**")) doubleStar = Parse();
            else if (stream.Current.Kind == TokenKind.Name && stream.Look.IsOperator("="))
            {
                var name = stream.Next().Text;
                stream.Next();
                keywords.Add((name, Parse()));
            }
            else if (keywords.Count > 0 || doubleStar is not null) throw stream.Fail("invalid syntax for function call expression");
            else positional.Add(Parse());
        }
        stream.ExpectOperator(")");
        return new ArgumentList(positional.ToImmutable(), keywords.ToImmutable(), star, doubleStar);
    }
}
