namespace Leat.Core;

/// <summary>A scalar: its text, and whether it was quoted (then it is text, whatever it looks like).</summary>
public sealed class YamlScalar : YamlValue
{
    internal YamlScalar(string text, bool quoted, string file, int line, int column)
        : base(file, line, column)
    {
        Text = text;
        Quoted = quoted;
    }

    public string Text { get; }

    public bool Quoted { get; }

    /// <summary>Nothing, <c>~</c> or <c>null</c>, not quoted.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Shape => "text";
}
