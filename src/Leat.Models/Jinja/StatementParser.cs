using System.Collections.Immutable;

namespace Leat.Models.Jinja;

/// <summary>Statements of a template, with dbt's own tags: test, materialization, snapshot, docs.</summary>
internal sealed class StatementParser
{
    private static readonly string[] Macros = ["caller", "kwargs", "varargs"];

    private readonly TokenStream _stream;
    private readonly HashSet<string> _namesSeen = new(StringComparer.Ordinal);
    private readonly ExpressionParser _expressions;
    private readonly Stack<string> _tags = new();
    private readonly Stack<string[]> _ends = new();

    private StatementParser(SourceText source)
    {
        _stream = new TokenStream(source);
        _expressions = new ExpressionParser(_stream, _namesSeen);
    }

    /// <summary>The template's statements.</summary>
    /// <exception cref="JinjaError">A syntax error, located.</exception>
    public static ImmutableArray<Statement> Parse(SourceText source)
    {
        var parser = new StatementParser(source);
        parser._stream.Next();
        return parser.Statements();
    }

    private ImmutableArray<Statement> Statements(params string[] ends)
    {
        var body = ImmutableArray.CreateBuilder<Statement>();
        if (ends.Length > 0) _ends.Push(ends);
        while (!_stream.AtEnd)
        {
            var token = _stream.Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    _stream.Next();
                    body.Add(new Statement.Data(token.Offset, token.Text));
                    break;
                case TokenKind.VariableBegin:
                    _stream.Next();
                    var value = _expressions.ParseTuple();
                    _stream.Expect(TokenKind.VariableEnd);
                    body.Add(new Statement.Output(value.Offset, value));
                    break;
                default:
                    _stream.Next();
                    if (ends.Length > 0 && _stream.Current.Kind == TokenKind.Name && ends.Contains(_stream.Current.Text))
                    {
                        _ends.Pop();
                        return body.ToImmutable();
                    }
                    body.Add(Tag());
                    _stream.Expect(TokenKind.BlockEnd);
                    break;
            }
        }
        return ends.Length > 0 ? throw UnknownTag(null) : body.ToImmutable();
    }

    /// <summary>The body up to one of <paramref name="ends"/>; the end's name is consumed and returned.</summary>
    private (ImmutableArray<Statement> Body, string End) Block(params string[] ends)
    {
        _stream.SkipOperator(":");
        _stream.Expect(TokenKind.BlockEnd);
        var body = Statements(ends);
        return (body, _stream.Next().Text);
    }

    private Statement Tag()
    {
        var token = _stream.Current;
        if (token.Kind != TokenKind.Name) throw _stream.Fail("tag name expected");
        _tags.Push(token.Text);
        Func<int, Statement>? read = token.Text switch
        {
            "if" => If,
            "for" => For,
            "set" => Set,
            "do" => offset => new Statement.Do(offset, _expressions.ParseTuple()),
            "print" => offset => new Statement.Output(offset, _expressions.ParseTuple()),
            "macro" => offset => new Statement.Macro(offset, Macro("", "endmacro")),
            "test" or "data_test" => offset => new Statement.Macro(offset, Macro("test_", "end" + token.Text)),
            "materialization" => Materialization,
            "snapshot" => offset => Named(offset, "snapshot", "endsnapshot"),
            "docs" => offset => Named(offset, "docs", "enddocs"),
            "call" => CallBlock,
            "with" => With,
            "filter" => FilterBlock,
            "break" => offset => new Statement.Break(offset),
            "continue" => offset => new Statement.Continue(offset),
            _ => null,
        };
        if (read is null)
        {
            _tags.Pop();
            throw UnknownTag(token.Text);
        }
        _stream.Next();
        var statement = read(token.Offset);
        _tags.Pop();
        return statement;
    }

    private JinjaError UnknownTag(string? name)
    {
        var message = name is null ? "Unexpected end of template." : $"Encountered unknown tag '{name}'.";
        if (_ends.TryPeek(out var ends))
        {
            var looking = string.Join(" or ", ends.Select(e => $"'{e}'"));
            message += name is not null && ends.Contains(name)
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {looking}."
                : $" Jinja was looking for the following tags: {looking}.";
        }
        if (_tags.TryPeek(out var tag)) message += $" The innermost block that needs to be closed is '{tag}'.";
        return _stream.Fail(message);
    }

    private Statement.If If(int offset)
    {
        var branches = ImmutableArray.CreateBuilder<(Expression, ImmutableArray<Statement>)>();
        while (true)
        {
            var test = _expressions.ParseTuple(conditional: false);
            var (body, end) = Block("elif", "else", "endif");
            branches.Add((test, body));
            if (end == "elif") continue;
            var otherwise = end == "else" ? Block("endif").Body : [];
            return new Statement.If(offset, branches.ToImmutable(), otherwise);
        }
    }

    private Statement.For For(int offset)
    {
        var target = Target(allowNamespace: false);
        _stream.ExpectName("in");
        var over = _expressions.ParseTuple(conditional: false, inBrackets: false, "recursive", "if");
        var filter = _stream.SkipName("if") ? _expressions.Parse() : null;
        var recursive = _stream.SkipName("recursive");
        var (body, end) = Block("endfor", "else");
        var otherwise = end == "else" ? Block("endfor").Body : [];
        return new Statement.For(offset, target, over, new ForBody(filter, body, otherwise, recursive));
    }

    private Statement Set(int offset)
    {
        var target = Target(allowNamespace: true);
        if (_stream.SkipOperator("=")) return new Statement.Set(offset, target, _expressions.ParseTuple());
        var filter = _stream.Current.IsOperator("|") ? _expressions.ParseFilterChain(null, false) : null;
        return new Statement.SetBlock(offset, target, filter, Block("endset").Body);
    }

    private AssignTarget Target(bool allowNamespace)
    {
        var offset = _stream.Current.Offset;
        var items = ImmutableArray.CreateBuilder<AssignTarget>();
        var isTuple = false;
        while (items.Count == 0 || (isTuple && (_stream.Current.Kind == TokenKind.Name || _stream.Current.IsOperator("("))))
        {
            if (isTuple && _stream.Current.IsName("in")) break;
            items.Add(SingleTarget(allowNamespace));
            if (!_stream.SkipOperator(",")) break;
            isTuple = true;
        }
        return isTuple ? new AssignTarget.TupleOf(offset, items.ToImmutable()) : items[0];
    }

    private AssignTarget SingleTarget(bool allowNamespace)
    {
        if (_stream.SkipOperator("("))
        {
            var inner = Target(allowNamespace);
            _stream.ExpectOperator(")");
            return inner is AssignTarget.TupleOf ? inner : new AssignTarget.TupleOf(inner.Offset, [inner]);
        }
        var name = _stream.Expect(TokenKind.Name);
        if (name.Text is "true" or "false" or "none" or "True" or "False" or "None") throw _stream.Fail($"can't assign to '{name.Text}'", name.Offset);
        if (!allowNamespace || !_stream.Current.IsOperator(".")) return new AssignTarget.Variable(name.Offset, name.Text);
        _stream.Next();
        _namesSeen.Add(name.Text);
        return new AssignTarget.NamespaceMember(name.Offset, name.Text, _stream.Expect(TokenKind.Name).Text);
    }

    private Statement.With With(int offset)
    {
        var values = ImmutableArray.CreateBuilder<(AssignTarget, Expression)>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0) _stream.ExpectOperator(",");
            var target = SingleTarget(allowNamespace: false);
            _stream.ExpectOperator("=");
            values.Add((target, _expressions.Parse()));
        }
        return new Statement.With(offset, values.ToImmutable(), Block("endwith").Body);
    }

    private Statement.FilterBlock FilterBlock(int offset)
    {
        var filter = _expressions.ParseFilterChain(null, true);
        return new Statement.FilterBlock(offset, filter, Block("endfilter").Body);
    }

    private MacroSyntax Macro(string prefix, string end)
    {
        var name = prefix + _stream.Expect(TokenKind.Name).Text;
        var outer = Enter();
        var parameters = Parameters();
        var (body, _) = Block(end);
        return Leave(outer, name, parameters, body);
    }

    private Statement.CallBlock CallBlock(int offset)
    {
        var outer = Enter();
        var parameters = _stream.Current.IsOperator("(") ? Parameters() : [];
        if (_expressions.Unary(false) is not Expression.Call call) throw _stream.Fail("expected call");
        var (body, _) = Block("endcall");
        return new Statement.CallBlock(offset, call, Leave(outer, "caller", parameters, body));
    }

    private Statement.NamedBlock Named(int offset, string tag, string end)
    {
        var name = _stream.Expect(TokenKind.Name).Text;
        var outer = Enter();
        var (body, _) = Block(end);
        return new Statement.NamedBlock(offset, tag, name, Leave(outer, name, [], body), ImmutableDictionary<string, Expression>.Empty);
    }

    private Statement.NamedBlock Materialization(int offset)
    {
        var name = _stream.Expect(TokenKind.Name).Text;
        var settings = ImmutableDictionary.CreateBuilder<string, Expression>();
        while (_stream.SkipOperator(","))
        {
            var key = _stream.Expect(TokenKind.Name);
            settings[key.Text] = _stream.SkipOperator("=") ? _expressions.Parse() : new Expression.Literal(key.Offset, true);
        }
        var outer = Enter();
        var (body, _) = Block("endmaterialization");
        return new Statement.NamedBlock(offset, "materialization", name, Leave(outer, name, [], body), settings.ToImmutable());
    }

    private ImmutableArray<(string Name, Expression? Default)> Parameters()
    {
        var parameters = ImmutableArray.CreateBuilder<(string, Expression?)>();
        _stream.ExpectOperator("(");
        while (!_stream.Current.IsOperator(")"))
        {
            if (parameters.Count > 0) _stream.ExpectOperator(",");
            if (_stream.Current.IsOperator(")")) break;
            var name = _stream.Expect(TokenKind.Name).Text;
            if (_stream.SkipOperator(":")) _expressions.ParseWithoutConditional();
            var fallback = _stream.SkipOperator("=") ? _expressions.Parse() : null;
            if (fallback is null && parameters.Count > 0 && parameters[^1].Item2 is not null) throw _stream.Fail("non-default argument follows default argument");
            parameters.Add((name, fallback));
        }
        _stream.ExpectOperator(")");
        return parameters.ToImmutable();
    }

    private HashSet<string> Enter()
    {
        var outer = new HashSet<string>(_namesSeen, StringComparer.Ordinal);
        _namesSeen.Clear();
        return outer;
    }

    private MacroSyntax Leave(HashSet<string> outer, string name, ImmutableArray<(string, Expression?)> parameters, ImmutableArray<Statement> body)
    {
        var special = Macros.Where(_namesSeen.Contains).ToImmutableHashSet(StringComparer.Ordinal);
        // what an inner caller block reads as its own stays its own; plain names are of use to the outer macro
        _namesSeen.UnionWith(outer);
        return new MacroSyntax(name, parameters, body, special);
    }
}
