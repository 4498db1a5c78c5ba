namespace Leat.Models.Jinja;

/// <summary>Rendered text and where each part of it stands in the template.</summary>
internal sealed class RenderMap(SourceText source, string text, (int Rendered, int Source, bool Verbatim)[] parts)
{
    public string Text => text;

    /// <summary>"path:line:column" in the template for line and column (from 1) of the rendered text.</summary>
    public string Place(int line, int column)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            var next = text.IndexOf('\n', start);
            if (next < 0) break;
            start = next + 1;
        }
        return PlaceOf(Math.Min(start + Math.Max(0, column - 1), Math.Max(0, text.Length - 1)));
    }

    /// <summary>"path:line:column" in the template for an offset in the rendered text.</summary>
    public string PlaceOf(int offset)
    {
        if (parts.Length == 0) return source.Place(Math.Min(offset, source.Text.Length));
        var index = Array.FindLastIndex(parts, part => part.Rendered <= offset);
        if (index < 0) return source.Place(0);
        var found = parts[index];
        return source.Place(found.Verbatim ? Math.Min(found.Source + offset - found.Rendered, Math.Max(0, source.Text.Length - 1)) : found.Source);
    }
}
