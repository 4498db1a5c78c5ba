using Leat.Core;

namespace Leat.Log;

/// <summary>Writes transactions, one at a time. Owned by one caller at a time.</summary>
public interface ITransactionalProducer : IAsyncDisposable
{
    /// <summary>Begins a transaction.</summary>
    /// <exception cref="LeatException">LEAT2031 one is open already; LEAT2030 fenced by a newer producer of the same id.</exception>
    ValueTask BeginAsync(CancellationToken ct);

    /// <summary>Appends the records as one batch of the open transaction. Durable when done, visible to readers after the commit.</summary>
    /// <exception cref="LeatException">LEAT2030 fenced: dispose; LEAT2031 no transaction is open; and those of <see cref="IEventLog.AppendAsync"/>.</exception>
    ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, CancellationToken ct);

    /// <summary>Makes the group's offsets part of the transaction: they count when it is committed.</summary>
    ValueTask SendOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct);

    /// <summary>Makes everything of the transaction visible. When it completes, the transaction is committed whatever happens later.</summary>
    /// <exception cref="LeatException">LEAT2030 fenced: the transaction was aborted.</exception>
    ValueTask CommitAsync(CancellationToken ct);

    /// <summary>Drops everything of the transaction.</summary>
    ValueTask AbortAsync(CancellationToken ct);
}
