namespace Leat.Models.Jinja;

/// <summary>The tokens with a current one; errors are in Jinja's words.</summary>
internal sealed class TokenStream(SourceText source)
{
    private readonly List<Token> _tokens = Lexer.Read(source);
    private int _index = -1;

    public SourceText Source => source;

    public Token Current => _tokens[_index];

    public Token Look => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    public bool AtEnd => Current.Kind == TokenKind.End;

    public Token Next()
    {
        var token = _index < 0 ? default : _tokens[_index];
        if (_index < _tokens.Count - 1) _index++;
        if (Current.Kind == TokenKind.Error) throw Fail(Current.Text);
        return token;
    }

    public bool SkipName(string name) => SkipWhen(Current.IsName(name));

    public bool SkipOperator(string text) => SkipWhen(Current.IsOperator(text));

    public Token Expect(TokenKind kind)
    {
        if (Current.Kind == kind) return Next();
        var expected = kind switch { TokenKind.Name => "name", TokenKind.Integer => "integer", TokenKind.String => "string", _ => new Token(kind, "", null, 0).Described };
        throw Mismatch(expected);
    }

    public void ExpectOperator(string text)
    {
        if (!SkipOperator(text)) throw Mismatch(text);
    }

    public void ExpectName(string name)
    {
        if (!SkipName(name)) throw Mismatch(name);
    }

    public JinjaError Fail(string message, int? offset = null, ErrorKind kind = ErrorKind.TemplateSyntaxError, string? todo = null)
    {
        var error = new JinjaError(kind, message, todo);
        error.Locate(source, offset ?? Current.Offset);
        return error;
    }

    private bool SkipWhen(bool condition)
    {
        if (condition) Next();
        return condition;
    }

    private JinjaError Mismatch(string expected) => Current.Kind == TokenKind.End
        ? Fail($"unexpected end of template, expected {PyText.Repr(expected)}.")
        : Fail($"expected token {PyText.Repr(expected)}, got {PyText.Repr(Current.Described)}");
}
