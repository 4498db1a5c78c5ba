namespace Leat.Sql;

/// <summary>A token of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First character, counted from 0.</param>
/// <param name="End">Character after the last.</param>
/// <param name="Text">As written; of a quoted name its content.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Text)
{
    public bool Is(string word) => Kind == SqlTokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    public bool IsMark(char mark) => Kind == SqlTokenKind.Mark && Text[0] == mark;

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
}
