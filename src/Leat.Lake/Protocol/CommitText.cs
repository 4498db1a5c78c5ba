using System.Text.Json;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Splits a commit (or a JSON checkpoint) into its actions.</summary>
internal static class CommitText
{
    /// <param name="utf8">The whole file.</param>
    /// <param name="file">Name for errors.</param>
    /// <exception cref="LeatException">LEAT3008 a line is no action (names file and line).</exception>
    public static List<DeltaAction> Read(ReadOnlyMemory<byte> utf8, string file)
    {
        var actions = new List<DeltaAction>();
        var number = 0;
        var rest = utf8;
        while (!rest.IsEmpty)
        {
            number++;
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (ReadLine(line, file, number) is { } action) actions.Add(action);
        }
        return actions;
    }

    private static DeltaAction? ReadLine(ReadOnlyMemory<byte> line, string file, int number)
    {
        try
        {
            return ActionReader.Read(line.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw LakeErrors.DamagedLine(file, number, e);
        }
    }
}
