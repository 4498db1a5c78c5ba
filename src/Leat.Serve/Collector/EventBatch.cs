using System.Text;
using Leat.Core;
using Leat.Log;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Collector;

/// <summary>The events of one request: checked and encoded as they arrive, one part a partition. Owned by the request.</summary>
internal sealed class EventBatch(TopicRoute route, BuilderPool pool, long nowMs, int keylessPartition, RecordHeaders? trace) : IEventSink, IDisposable
{
    private const int MostErrors = 100;

    private readonly PartitionPart?[] _partitions = new PartitionPart?[route.Partitions];
    private readonly List<CollectError> _errors = [];
    private long _accepted;
    private long _rejected;

    /// <summary>Events seen, good or bad.</summary>
    public long Seen => _accepted + Quarantined + _rejected;

    public long Quarantined { get; private set; }

    /// <summary>What to append, by partition.</summary>
    public IEnumerable<(int Partition, PartitionPart Records)> Parts()
    {
        for (var partition = 0; partition < _partitions.Length; partition++)
            if (_partitions[partition] is { } records) yield return (partition, records);
    }

    /// <summary>Dead letters; null when there are none.</summary>
    public PartitionPart? DeadLetters { get; private set; }

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
        (_partitions[partition] ??= new PartitionPart(pool)).Add(nowMs, parts.Key, json, trace);
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
        foreach (var records in _partitions) records?.Dispose();
        DeadLetters?.Dispose();
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
        var why = new DeadLetterReason(violation.Code, violation.Field.Length == 0 ? violation.Reason : $"{violation.Field}: {violation.Reason}", source);
        (DeadLetters ??= new PartitionPart(pool)).AddDead(new DeadRecord(nowMs, parts.Key, json) { Headers = trace }, why);
    }

    private void Report(long line, ContractViolation violation)
    {
        if (_errors.Count < MostErrors) _errors.Add(new CollectError(line, violation.Code, violation.Reason, violation.Field));
    }
}
