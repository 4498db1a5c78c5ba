using System.Globalization;
using Leat.Log;
using Leat.Streams.Decoding;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>Decodes records into chunks of <typeparamref name="T"/>, gives each its event time, and keeps the partition's watermark.</summary>
internal sealed class SourceRunner<T>(TopicSource<T> plan, Stage<T> first, WorkerContext context) : RecordRunner
{
    private readonly IRecordDecoder<T> _decoder = RecordDecoders.Create<T>();
    private readonly Chunk<T> _chunk = new(Chunk<T>.DefaultCapacity);
    private readonly List<DecodeFault> _faults = [];

    public override void Process(RecordBlock block, PartitionProgress partition)
    {
        var source = context.Source;
        source.Count = 0;
        foreach (ref readonly var record in block)
        {
            if (record.Offset < partition.Offset) continue;
            if (record.HeaderCount > 0 && record.Value.IsEmpty && TryReadWatermark(record, out var watermark))
            {
                Run(partition);
                partition.RaiseWatermark(watermark);
                continue;
            }

            source.Add(in record);
            if (source.Count == Chunk<T>.DefaultCapacity) Run(partition);
        }

        Run(partition);
        partition.Offset = Math.Max(partition.Offset, block.EndOffsetExcl);
    }

    public override void Flush() => first.Flush();

    public override void Barrier() => first.Barrier();

    public override void Dispose()
    {
        first.Dispose();
        _decoder.Dispose();
    }

    /// <summary>Processes what stands in the context's chunk of records.</summary>
    public void Run(PartitionProgress partition)
    {
        var source = context.Source;
        if (source.Count == 0) return;
        context.Begin(partition);
        _faults.Clear();
        _decoder.Decode(source.Records, source.Count, _chunk.Items, _faults);
        foreach (var fault in _faults) context.Dead(fault.Index, fault.Code, fault.Reason);
        var watermark = partition.Watermark;
        _chunk.Count = source.Count;
        plan.Times.Note(_chunk, _faults, context, ref watermark);
        context.Judge(watermark);
        if (_chunk.Count > 0) first.Process(_chunk, context);
        context.Processed(source.Count);
        partition.RaiseWatermark(watermark);
        source.Count = 0;
    }

    private static bool TryReadWatermark(in LogRecord record, out long watermark)
    {
        watermark = 0;
        if (!record.TryGetHeader(WellKnownHeaders.Watermark, out var text)) return false;
        var latest = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms)) watermark = Math.Clamp(ms, -latest, latest) * TimeSpan.TicksPerMillisecond;
        else watermark = long.MinValue;
        return true;
    }
}
