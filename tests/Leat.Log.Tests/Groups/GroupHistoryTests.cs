namespace Leat.Log.Tests;

/// <summary>Random histories of a group: no partition has two owners in a generation, generations only rise, nobody commits from an old one.</summary>
public sealed class GroupHistoryTests
{
    [Fact]
    public async Task Given_random_histories_When_replayed_Then_the_invariants_hold()
    {
        var (seeds, accepted, generations) = (Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 500 : 30, 0, 0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            await using var history = new History(seed, await GroupScript.OpenAsync(seed % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(3)));
            try
            {
                for (var step = 0; step < 400; step++) await history.StepAsync();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"property failed; replay with seed {seed}", e);
            }
            (accepted, generations) = (accepted + history.Accepted, generations + history.Newest);
        }
        Assert.True(accepted > seeds && generations > 3 * seeds, $"{accepted} commits and {generations} generations in {seeds} histories: too few to say anything");
    }

    /// <summary>A client as the test sees it.</summary>
    private sealed class Client(int number)
    {
        public int Number => number;

        public string MemberId { get; set; } = "";

        public int Generation { get; set; } = -1;

        public Task<JoinAnswer>? Joining { get; set; }

        public Task<SyncAnswer>? Syncing { get; set; }

        public JoinAnswer? Joined { get; set; }
    }

    private sealed class History(int seed, GroupScript script) : IAsyncDisposable
    {
        private readonly Random _random = new(seed);
        private readonly List<Client> _clients = [.. Enumerable.Range(0, 4).Select(i => new Client(i))];
        private readonly Dictionary<(int Generation, TopicPartition Partition), string> _owners = [];

        /// <summary>Highest generation any client was told.</summary>
        public int Newest { get; private set; }

        public int Accepted { get; private set; }

        public async Task StepAsync()
        {
            var client = _clients[_random.Next(_clients.Count)];
            await SettleAsync();
            switch (_random.Next(10))
            {
                case < 3 when client.Joining is null && client.Syncing is null:
                    client.Joining = script.Groups.JoinAsync(Request(client), default).AsTask();
                    break;
                case < 6 when client is { Joined: not null, Joining: null, Syncing: null }:
                    client.Syncing = script.Groups.SyncAsync(Assign(client), default).AsTask();
                    break;
                case 6:
                    foreach (var other in _clients) await CommitAsync(other);
                    break;
                case 7 when client.MemberId.Length > 0 && client.Joining is null && _random.Next(3) == 0:
                    _ = await script.Groups.LeaveAsync(new LeaveGroup(GroupScript.Group, [new LeavingMember(client.MemberId)]), default);
                    break;
                default:
                    foreach (var alive in _clients.Where(_ => _random.Next(5) > 0)) _ = script.Groups.Heartbeat(new GroupHeartbeat(GroupScript.Group, alive.Generation, alive.MemberId));
                    script.Time.Advance(TimeSpan.FromSeconds(_random.Next(4)));
                    break;
            }
        }

        public ValueTask DisposeAsync() => script.DisposeAsync();

        private static JoinGroup Request(Client client) => new(GroupScript.Group, client.MemberId, ConsumerProtocol.Type, [new GroupProtocol("range", ConsumerProtocol.Subscription(["t"]))])
        {
            SessionTimeout = TimeSpan.FromSeconds(10),
            RebalanceTimeout = TimeSpan.FromSeconds(20),
            RequireMemberId = client.Number % 2 == 0,
        };

        private static SyncGroup Assign(Client client) =>
            new(GroupScript.Group, client.Joined!.Generation, client.MemberId, client.Joined.Members.Count == 0 ? [] : RangeAssignor.Assign(client.Joined.Members, _ => 4));

        /// <summary>Takes over the answers that have come.</summary>
        private async Task SettleAsync()
        {
            foreach (var client in _clients)
            {
                if (client.Joining is { IsCompleted: true } join)
                {
                    client.Joining = null;
                    Take(client, await join);
                }
                if (client.Syncing is { IsCompleted: true } sync)
                {
                    client.Syncing = null;
                    Take(client, await sync);
                }
            }
        }

        private void Take(Client client, JoinAnswer answer)
        {
            client.MemberId = answer.Error is KafkaError.None or KafkaError.MemberIdRequired or KafkaError.RebalanceInProgress ? answer.MemberId : "";
            client.Joined = answer.Error == KafkaError.None ? answer : null;
            if (client.Joined is null) return;
            Assert.True(answer.Generation >= client.Generation, $"generation {answer.Generation} after {client.Generation}");
            client.Generation = answer.Generation;
            Newest = Math.Max(Newest, answer.Generation);
        }

        private void Take(Client client, SyncAnswer answer)
        {
            if (answer.Error == KafkaError.UnknownMemberId) client.MemberId = "";
            if (answer.Error != KafkaError.None || client.Joined is not { } joined) return;
            foreach (var partition in ConsumerProtocol.PartitionsOf(answer.Assignment))
            {
                Assert.True(_owners.TryAdd((joined.Generation, partition), client.MemberId) || _owners[(joined.Generation, partition)] == client.MemberId, $"{partition} has two owners in generation {joined.Generation}");
            }
        }

        private async Task CommitAsync(Client client)
        {
            if (client.Generation < 0) return;
            var error = await script.Commit(client.Generation, client.MemberId, 0, _random.Next(1000));
            if (error != KafkaError.None) return;
            Accepted++;
            Assert.True(client.Generation >= Newest, $"a commit of generation {client.Generation} was accepted, the newest is {Newest}");
        }
    }
}
