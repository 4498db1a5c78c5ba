using System.Text;
using Leat.Core;
using Leat.Log;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Collector;

/// <summary>The events of one request: checked and encoded as they arrive, one record batch a partition. Owned by the request.</summary>
internal sealed class EventBatch(TopicRoute route, BuilderPool pool, long nowMs, int keylessPartition) : IEventSink, IDisposable
{
    private const int MostErrors = 100;

    private readonly RecordBatchBuilder?[] _partitions = new RecordBatchBuilder?[route.Partitions];
    private readonly List<CollectError> _errors = [];
    private RecordBatchBuilder? _dead;
    private long _accepted;
    private long _rejected;

    /// <summary>Events seen, good or bad.</summary>
    public long Seen => _accepted + Quarantined + _rejected;

    public long Quarantined { get; private set; }

    /// <summary>Batches to append, by partition.</summary>
    public IEnumerable<(int Partition, RecordBatchBuilder Records)> Parts()
    {
        for (var partition = 0; partition < _partitions.Length; partition++)
            if (_partitions[partition] is { } records) yield return (partition, records);
    }

    /// <summary>Dead letters; null when there are none.</summary>
    public RecordBatchBuilder? DeadLetters => _dead;

    public void OnEvent(long line, ReadOnlySpan<byte> json)
    {
        if (EventScan.Check(json, route.KeyName, route.IdName, out var parts) is { } malformed)
        {
            Refuse(line, new ContractViolation("LEAT1301", "", malformed), json, default);
            return;
        }
        if (route.Contract?.Check(json) is { } violation)
        {
            Refuse(line, violation, json, parts);
            return;
        }
        var partition = parts.Key.IsEmpty ? keylessPartition : route.PartitionOf(parts.Key);
        (_partitions[partition] ??= pool.Rent()).Add(nowMs, parts.Key, json);
        _accepted++;
    }

    public void OnBroken(long line, string code, string reason)
    {
        _rejected++;
        Report(line, new ContractViolation(code, "", reason));
    }

    public CollectAnswer Answer(bool duplicate) => new(_accepted, Quarantined, _rejected, duplicate, _errors);

    public void Dispose()
    {
        foreach (var records in _partitions)
            if (records is not null) pool.Return(records);
        if (_dead is not null) pool.Return(_dead);
    }

    private void Refuse(long line, ContractViolation violation, ReadOnlySpan<byte> json, EventScan.Parts parts)
    {
        Report(line, violation);
        if (!route.Quarantines)
        {
            _rejected++;
            return;
        }
        Quarantined++;
        var source = parts.Id.IsEmpty ? $"client:{line}" : Encoding.UTF8.GetString(parts.Id);
        (_dead ??= pool.Rent()).Add(nowMs, parts.Key, json,
        [
            new(WellKnownHeaders.DeadLetterCode, violation.Code),
            new(WellKnownHeaders.DeadLetterReason, violation.Field.Length == 0 ? violation.Reason : $"{violation.Field}: {violation.Reason}"),
            new(WellKnownHeaders.DeadLetterSource, source),
        ]);
    }

    private void Report(long line, ContractViolation violation)
    {
        if (_errors.Count < MostErrors) _errors.Add(new CollectError(line, violation.Code, violation.Reason, violation.Field));
    }
}
