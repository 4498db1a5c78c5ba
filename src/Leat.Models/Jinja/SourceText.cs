namespace Leat.Models.Jinja;

/// <summary>A template's text with its place in the project; turns offsets into line and column, both counted from 1.</summary>
internal sealed class SourceText
{
    private int[]? _lineStarts;

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    public string Path { get; }

    public string Text { get; }

    public (int Line, int Column) Locate(int offset)
    {
        _lineStarts ??= LineStarts();
        var index = Array.BinarySearch(_lineStarts, offset);
        if (index < 0) index = ~index - 1;
        return (index + 1, offset - _lineStarts[index] + 1);
    }

    /// <summary>"path:line:column".</summary>
    public string Place(int offset)
    {
        var (line, column) = Locate(offset);
        return $"{Path}:{line}:{column}";
    }

    private int[] LineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < Text.Length; i++)
            if (Text[i] == '\n') starts.Add(i + 1);
        return [.. starts];
    }
}
