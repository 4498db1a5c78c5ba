using System.Collections.Immutable;
using System.Text;

namespace Leat.Sql;

/// <summary>The text for the engine, and how its positions lead back to the user's text.</summary>
internal sealed class RewrittenSql
{
    private readonly ImmutableArray<SqlSplice> _splices;

    public RewrittenSql(string source, IEnumerable<SqlSplice> splices)
    {
        Source = source;
        _splices = [.. splices.OrderBy(splice => splice.Start)];
        var text = new StringBuilder();
        var done = 0;
        foreach (var splice in _splices)
        {
            text.Append(source, done, splice.Start - done).Append(splice.Replacement);
            done = splice.End;
        }

        Text = text.Append(source, done, source.Length - done).ToString();
    }

    /// <summary>What the user wrote.</summary>
    public string Source { get; }

    /// <summary>What the engine runs.</summary>
    public string Text { get; }

    /// <summary>Splices, for joining into a longer text.</summary>
    public ImmutableArray<SqlSplice> Splices => _splices;

    /// <summary>Character of the user's text that the engine's line and column point to; null when they are not known.</summary>
    public int? Original(int? line, int? column)
    {
        if (line is null || column is null) return null;
        var position = 0;
        for (var i = 1; i < line && position >= 0; i++) position = Text.IndexOf('\n', position) + 1;
        return Original(position + column.Value - 1);
    }

    private int Original(int position)
    {
        var shift = 0;
        foreach (var splice in _splices)
        {
            var start = splice.Start + shift;
            if (position < start) break;
            if (position < start + splice.Replacement.Length) return splice.Start;
            shift += splice.Replacement.Length - (splice.End - splice.Start);
        }

        return position - shift;
    }
}
