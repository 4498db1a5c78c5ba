namespace Leat.Models.Jinja;

/// <param name="Kind">What it is.</param>
/// <param name="Text">Name, operator, data, or the message of an error.</param>
/// <param name="Value">Value of a literal.</param>
/// <param name="Offset">Where it starts in the source.</param>
internal readonly record struct Token(TokenKind Kind, string Text, object? Value, int Offset)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>How messages call it, in Jinja's words.</summary>
    public string Described => Kind switch
    {
        TokenKind.Name or TokenKind.Operator => Text,
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.Data => "template data / text",
        TokenKind.End => "end of template",
        TokenKind.Integer => "integer",
        TokenKind.Float => "float",
        _ => "string",
    };
}
