using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Streams.Decoding;
using Leat.Streams.Execution;
using Leat.Streams.LakeSources;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.History;

/// <summary>Brings landed rows and records of the topic into one chain. Where the table has whole records, they are decoded as those of the topic; else fields are read from their columns.</summary>
internal sealed class HistoryRunner<T>(HistoryPlan plan, SourceRunner<T> records, RowRunner<T> rows, WorkerContext context) : RecordRunner
{
    private readonly ColumnDecoder<T> _decoder = new();

    public override void Process(RecordBlock block, PartitionProgress partition) => records.Process(block, partition);

    /// <summary>Columns to read of the table.</summary>
    /// <exception cref="LeatException">LEAT2152 a member that is not a field of the table.</exception>
    public ImmutableArray<string> ColumnsOf(Schema schema)
    {
        if (HasPayload(schema)) return [LandedTopics.Payload, LandedTopics.Offset, LandedTopics.AppendedAt];
        var columns = _decoder.ColumnsOf(schema, plan.Table);
        if (schema.IndexOf(LandedTopics.Rest) >= 0 && columns.Length < RecordShape.Of(typeof(T)).Members.Length)
        {
            var member = RecordShape.Of(typeof(T)).Members.First(m => !columns.Contains(m.Name, StringComparer.OrdinalIgnoreCase));
            throw StreamErrors.LakeColumn(plan.Table, member.Name, typeof(T), $"the contract of topic '{plan.Topic}' does not declare it, so the table has it, if at all, inside of {LandedTopics.Rest}");
        }

        return columns.Contains(LandedTopics.Offset) ? columns : columns.Add(LandedTopics.Offset);
    }

    /// <summary>Processes rows of one vector of the batch.</summary>
    public void Process(Batch batch, (int First, int Count) part, PartitionProgress partition)
    {
        var (vector, first) = Math.DivRem(part.First, ColumnVector.Capacity);
        if (HasPayload(batch.Schema)) ProcessPayloads(batch, vector, (first, part.Count), partition);
        else ProcessFields(batch, vector, (first, part.Count), partition);
    }

    public override void Flush() => rows.Flush();

    public override void Barrier() => rows.Barrier();

    public override void Dispose()
    {
        records.Dispose(); // and the chain, which is that of the rows too
        _decoder.Dispose();
    }

    /// <summary>Without a contract the whole record is one column, and no other is named by the user.</summary>
    private static bool HasPayload(Schema schema) => schema.IndexOf(LandedTopics.Payload) >= 0 && schema.All(f => f.Name == LandedTopics.Payload || f.Name.StartsWith('_'));

    private void ProcessPayloads(Batch batch, int vector, (int First, int Count) part, PartitionProgress partition)
    {
        var source = context.Source;
        source.Count = 0;
        var (payloads, offsets, times) = (batch[LandedTopics.Payload].Vectors[vector], batch[LandedTopics.Offset].Vectors[vector], batch[LandedTopics.AppendedAt].Vectors[vector]);
        for (var i = part.First; i < part.First + part.Count; i++)
            source.Add(in payloads.Values<Text>()[i], offsets.Values<long>()[i], times.Values<long>()[i] / 1000);
        records.Run(partition);
    }

    private void ProcessFields(Batch batch, int vector, (int First, int Count) part, PartitionProgress partition)
    {
        _decoder.Begin(batch, vector);
        var count = 0;
        for (var i = part.First; i < part.First + part.Count; i++)
        {
            if (_decoder.TryRead(i, out rows.Rows[count], out var fault)) count++;
            else rows.Dead(BatchJson.Of(batch, (vector * ColumnVector.Capacity) + i, batch.ColumnCount), fault, string.Create(CultureInfo.InvariantCulture, $"{plan.Topic}[{partition.Partition.Partition}]@{batch[LandedTopics.Offset].Vectors[vector].Values<long>()[i]}"));
        }

        if (count > 0) rows.Process(count, partition);
    }
}
