using System.Text;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>Shows records as text, to compare.</summary>
public static class LogText
{
    /// <summary>All records from an offset on, read in small blocks: offset, time, key=value, headers.</summary>
    public static async Task<List<string>> ReadAllAsync(IEventLog log, TopicPartition partition, long from, int maxBytes = 400)
    {
        var lines = new List<string>();
        await using var reader = log.OpenReader(partition, from);
        while (await reader.ReadAsync(maxBytes, TimeSpan.Zero, default) is { } block)
        {
            using (block) Add(block, lines);
        }
        return lines;
    }

    /// <summary>Adds one line a record, and checks that the block says the truth about itself.</summary>
    public static void Add(RecordBlock block, List<string> lines)
    {
        var before = lines.Count;
        var expected = block.BaseOffset;
        foreach (var record in block)
        {
            Assert.Equal(expected++, record.Offset);
            lines.Add(Of(record));
        }
        Assert.Equal(block.Count, lines.Count - before);
        Assert.Equal(block.EndOffsetExcl, expected);
    }

    private static string Of(in LogRecord record)
    {
        var text = new StringBuilder($"{record.Offset} {record.TimestampMs} {Encoding.UTF8.GetString(record.Key)}={(record.IsTombstone ? "null" : Encoding.UTF8.GetString(record.Value))}");
        foreach (var header in record.Headers) text.Append($" {Encoding.UTF8.GetString(header.Name)}:{Encoding.UTF8.GetString(header.Value)}");
        return text.ToString();
    }
}
