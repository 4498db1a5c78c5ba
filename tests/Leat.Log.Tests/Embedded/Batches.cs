using System.Text;

namespace Leat.Log.Tests;

/// <summary>Makes batches for tests.</summary>
internal static class Batches
{
    public static readonly TopicPartition First = new("t", 0);

    /// <summary>One record a value, time 1.</summary>
    public static RecordBatchBuilder Of(params string[] values)
    {
        var batch = new RecordBatchBuilder();
        foreach (var value in values) batch.Add(1, [], Encoding.UTF8.GetBytes(value));
        return batch;
    }

    /// <summary>Values of partition 0 of topic t.</summary>
    public static async Task<List<string>> Values(IEventLog log) =>
        [.. (await Conformance.LogText.ReadAllAsync(log, First, 0, 64 << 10)).Select(l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(' ')[0])];

    /// <summary>A log with topic t.</summary>
    public static async Task<EmbeddedLog> Open(string folder, EmbeddedLogParts? parts = null, TopicOptions? options = null)
    {
        var log = EmbeddedLog.Open(folder, parts);
        try
        {
            await log.CreateTopicAsync("t", options ?? new TopicOptions(), default);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }
}
