namespace Leat.Log;

/// <summary>A member of a <see cref="ConsumerGroup"/>; guarded by the coordinator's lock.</summary>
internal sealed class GroupMember(string id, JoinGroup request) : IDisposable
{
    public string Id { get; set; } = id;

    /// <summary>What it said when it last joined.</summary>
    public JoinGroup Request { get; set; } = request;

    public ReadOnlyMemory<byte> Assignment { get; set; }

    /// <summary>The join that waits for the others; null while it does not wait.</summary>
    public TaskCompletionSource<JoinAnswer>? Joining { get; private set; }

    /// <summary>The sync that waits for the leader.</summary>
    public TaskCompletionSource<SyncAnswer>? Syncing { get; private set; }

    /// <summary>It knows of the generation and has not yet asked for its assignment.</summary>
    public bool OwesSync { get; set; }

    /// <summary>When it was last heard of, as a timestamp of the clock.</summary>
    public long SeenAt { get; set; }

    public ITimer? Session { get; set; }

    /// <summary>It waits for an answer, so its silence says nothing.</summary>
    public bool Waits => Joining is not null || Syncing is not null;

    public Task<JoinAnswer> WaitForOthers()
    {
        AnswerJoin(new JoinAnswer(KafkaError.RebalanceInProgress, Id));
        Joining = new TaskCompletionSource<JoinAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Joining.Task;
    }

    public Task<SyncAnswer> WaitForLeader()
    {
        AnswerSync(new SyncAnswer(KafkaError.RebalanceInProgress));
        Syncing = new TaskCompletionSource<SyncAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Syncing.Task;
    }

    public void AnswerJoin(JoinAnswer answer)
    {
        var waiting = Joining;
        Joining = null;
        _ = waiting?.TrySetResult(answer);
    }

    public void AnswerSync(SyncAnswer answer)
    {
        var waiting = Syncing;
        Syncing = null;
        _ = waiting?.TrySetResult(answer);
    }

    /// <summary>Metadata for the protocol; empty when it does not know it.</summary>
    public ReadOnlyMemory<byte> MetadataOf(string? protocol) => Request.Protocols.FirstOrDefault(p => p.Name == protocol)?.Metadata ?? default;

    /// <summary>Whether a join with these protocols says nothing new.</summary>
    public bool SaysTheSame(IReadOnlyList<GroupProtocol> protocols)
    {
        if (protocols.Count != Request.Protocols.Count) return false;
        for (var i = 0; i < protocols.Count; i++)
        {
            if (protocols[i].Name != Request.Protocols[i].Name || !protocols[i].Metadata.Span.SequenceEqual(Request.Protocols[i].Metadata.Span)) return false;
        }
        return true;
    }

    public void Dispose()
    {
        Session?.Dispose();
        Request.RejoinNeeded?.Invoke();
        AnswerJoin(new JoinAnswer(KafkaError.UnknownMemberId, Id));
        AnswerSync(new SyncAnswer(KafkaError.UnknownMemberId));
    }
}
