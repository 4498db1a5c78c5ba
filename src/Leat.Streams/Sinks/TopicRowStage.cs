using System.Buffers;
using System.Text;
using System.Text.Json;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Sinks;

/// <summary>A worker's rows as records for a topic. They wait for the checkpoint; too many of them hold the workers back.</summary>
internal sealed class TopicRowStage<T>(TopicTarget target, RowJson<T> json, Func<T, string?>? key) : Stage<T>
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _writer = new(Stream.Null);
    private readonly List<(int Partition, PendingRecord Record)> _records = [];

    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            try
            {
                _records.Add(Encode(chunk.Items[i], chunk.Times[i] / TimeSpan.TicksPerMillisecond));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                context.UserFault(chunk, i, $"to topic {target.Topic}", error);
            }
        }

        target.Add(_records);
        _records.Clear();
    }

    public override void Flush()
    {
    }

    public override void Dispose() => _writer.Dispose();

    private (int Partition, PendingRecord Record) Encode(T row, long timeMs)
    {
        var name = key is null ? [] : Encoding.UTF8.GetBytes(key(row) ?? "");
        _bytes.ResetWrittenCount();
        _writer.Reset(_bytes);
        json.Write(_writer, row);
        return (target.PartitionOf(name), new PendingRecord(timeMs, name, _bytes.WrittenSpan.ToArray(), []));
    }
}
