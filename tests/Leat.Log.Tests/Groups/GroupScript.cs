using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>A log with topic t (4 partitions), its group coordinator and a clock, with short calls for one group.</summary>
internal sealed class GroupScript : IAsyncDisposable
{
    public const string Group = "g";
    private readonly TemporaryFolder _folder = new();
    private readonly TimeSpan _initialDelay;

    private GroupScript(TimeSpan initialDelay) => _initialDelay = initialDelay;

    public ManualTimeProvider Time { get; } = new();

    public EmbeddedLog Log { get; private set; } = null!;

    public string Folder => Path.Combine(_folder.Path, "log");

    public GroupCoordinator Groups => Log.GroupCoordinator;

    public static async Task<GroupScript> OpenAsync(TimeSpan initialDelay = default)
    {
        var script = new GroupScript(initialDelay);
        await script.ReopenAsync();
        _ = await script.Log.CreateTopicAsync("t", new TopicOptions { Partitions = 4 }, default);
        return script;
    }

    /// <summary>Orderly end and new opening.</summary>
    public async Task ReopenAsync()
    {
        if (Log is not null) await Log.DisposeAsync();
        Log = EmbeddedLog.Open(Folder, Coordinators.Parts(Time, _initialDelay));
        await Groups.Loaded;
    }

    public Task<JoinAnswer> Join(string memberId = "", string? instance = null, string metadata = "m", string[]? protocols = null, bool requireId = false) =>
        Groups.JoinAsync(
            new JoinGroup(Group, memberId, "consumer", [.. (protocols ?? ["range"]).Select(p => new GroupProtocol(p, System.Text.Encoding.UTF8.GetBytes(metadata)))])
            {
                InstanceId = instance,
                ClientId = "c",
                SessionTimeout = TimeSpan.FromSeconds(10),
                RebalanceTimeout = TimeSpan.FromSeconds(60),
                RequireMemberId = requireId,
            },
            default).AsTask();

    /// <summary>The leader assigns each member its own id as bytes.</summary>
    public Task<SyncAnswer> Sync(JoinAnswer joined)
    {
        var assignments = joined.Members.Select(m => new GroupAssignment(m.MemberId, System.Text.Encoding.UTF8.GetBytes(m.MemberId)));
        return Groups.SyncAsync(new SyncGroup(Group, joined.Generation, joined.MemberId, [.. assignments]), default).AsTask();
    }

    public KafkaError Heartbeat(JoinAnswer joined, string? instance = null) => Groups.Heartbeat(new GroupHeartbeat(Group, joined.Generation, joined.MemberId, instance));

    public async Task<KafkaError> Commit(int generation, string memberId, int partition = 0, long offset = 1, string metadata = "") =>
        (await Groups.CommitAsync(new CommitOffsets(Group, generation, memberId, [new OffsetToCommit(new TopicPartition("t", partition), offset, -1, metadata)]), default)).Partitions[0].Error;

    public async Task<FetchedOffset> Fetch(int partition = 0, bool stable = false) =>
        (await Groups.FetchAsync(new FetchOffsets(Group, [new TopicPartition("t", partition)], stable), default)).Offsets[0];

    public async Task<string> State() => (await Groups.DescribeAsync(Group, default)).State;

    /// <summary>A stable group of as many members; the first leads.</summary>
    public async Task<List<JoinAnswer>> Stable(int members)
    {
        var joined = new List<JoinAnswer> { await Join() };
        _ = await Sync(joined[0]);
        while (joined.Count < members)
        {
            var coming = Join();
            var again = joined.Select(m => Join(m.MemberId)).ToList();
            joined = [.. await Task.WhenAll(again), await coming];
            _ = await Task.WhenAll(joined.Select(Sync));
        }
        return joined;
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _folder.Dispose();
    }
}
