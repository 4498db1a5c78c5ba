namespace Leat.Bench.Nexmark;

/// <summary>All runs of one query, interleaved; the answers are of the same events.</summary>
internal sealed record NexmarkRuns(string Query, RowChecksum PeerAnswer)
{
    public List<NexmarkRun> Loop { get; } = [];

    /// <summary>Empty where the query does not exist as a job.</summary>
    public List<NexmarkRun> Leat { get; } = [];

    public List<NexmarkRun> Peer { get; } = [];

    /// <summary>Every run of the loop came to the peer's answer.</summary>
    public bool LoopIsRight => Loop.TrueForAll(r => r.Answer == PeerAnswer);

    /// <summary>Every run of the job came to the loop's answer.</summary>
    public bool LeatIsRight => Leat.TrueForAll(r => r.Answer == Loop[0].Answer);
}
