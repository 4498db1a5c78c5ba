namespace Leat.Models.Jinja;

internal enum TokenKind : byte
{
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Integer,
    Float,
    String,
    Operator,

    /// <summary>The text could not be read from here on; thrown when the parser gets here, so that earlier mistakes win.</summary>
    Error,
    End,
}
