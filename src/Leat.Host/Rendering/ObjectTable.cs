using System.Text.Json.Nodes;
using Leat.Host.CommandLine;

namespace Leat.Host.Rendering;

/// <summary>A list of equal JSON objects: as JSON for programs, as a table for people.</summary>
internal static class ObjectTable
{
    /// <param name="context">Where to.</param>
    /// <param name="rows">Objects with the same members.</param>
    /// <param name="empty">What to say when there are none.</param>
    public static void Write(VerbContext context, JsonArray rows, string empty)
    {
        if (context.Json)
        {
            context.WriteJson(rows);
            return;
        }
        if (rows.Count == 0)
        {
            context.Talk(empty);
            return;
        }
        var names = rows[0]!.AsObject().Select(m => m.Key).ToArray();
        var cells = rows.Select(r => names.Select(n => r![n]?.ToString() ?? "").ToArray()).Prepend(names).ToList();
        var widths = Enumerable.Range(0, names.Length).Select(c => cells.Max(r => r[c].Length)).ToArray();
        foreach (var row in cells) context.Out.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
    }
}
