using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Prints records.</summary>
internal sealed class LogReadVerb : Verb
{
    private const int ReadBytes = 1 << 20;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);
    private static readonly Option<LogPosition?> From = OptionValues.Position("--from", "where to begin: an offset, start, end, or a time (default: start; with --follow: end)");
    private static readonly Option<long?> Limit = new("--limit", "-n") { Description = "most records printed", HelpName = "N" };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "go on with new records until Ctrl-C" };
    private static readonly Option<ReadFormat?> Format = OptionValues.Word("--format", "how", new Dictionary<string, ReadFormat> { ["text"] = ReadFormat.Text, ["json"] = ReadFormat.Json });

    private enum ReadFormat
    {
        Text,
        Json,
    }

    public override string Name => "read";

    public override string Summary => "print records with keys, headers and times";

    public override ImmutableArray<string> Examples =>
        ["log read sales --limit 10", "log read sales --from 2026-01-05T10:00:00Z --format json", "log read sales --partition 0 --from 4711 -n 1", "log read sales.dlq --follow"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => [LogPlace.Partition, From, Limit, Follow, Format];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var partitions = LogPlace.Partitions(context, await LogPlace.TopicAsync(context, ct));
        var from = context.Get(From) ?? (context.Get(Follow) ? LogPosition.End : LogPosition.Start);
        var output = new Output(context, context.Get(Limit) ?? long.MaxValue);
        output.Begin();
        if (context.Get(Follow)) await FollowAsync(log, partitions, from, output, ct);
        else foreach (var partition in partitions) await ReadAsync(log, partition, await from.ResolveAsync(log, partition, ct), output, ct);
        output.End();
        return 0;
    }

    /// <summary>One partition, as far as it goes now.</summary>
    private static async Task ReadAsync(IEventLog log, TopicPartition partition, long from, Output output, CancellationToken ct)
    {
        var end = (await log.DescribeAsync(partition, ct)).EndOffsetExcl;
        await using var reader = log.OpenReader(partition, from);
        while (!output.IsFull && reader.Position < end)
        {
            using var block = await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct);
            if (block is null) return;
            output.Write(partition, block, end);
        }
    }

    /// <summary>All partitions in turn; a turn waits a little where nothing is new.</summary>
    private static async Task FollowAsync(IEventLog log, IReadOnlyList<TopicPartition> partitions, LogPosition from, Output output, CancellationToken ct)
    {
        var readers = new List<ILogReader>();
        try
        {
            foreach (var partition in partitions) readers.Add(log.OpenReader(partition, await from.ResolveAsync(log, partition, ct)));
            while (!output.IsFull)
            {
                var any = false;
                for (var i = 0; i < readers.Count && !output.IsFull; i++)
                {
                    using var block = await readers[i].ReadAsync(ReadBytes, any || i < readers.Count - 1 ? TimeSpan.Zero : Wait, ct);
                    if (block is null) continue;
                    any = true;
                    output.Write(partitions[i], block, long.MaxValue);
                }
            }
        }
        finally
        {
            foreach (var reader in readers) await reader.DisposeAsync();
        }
    }

    /// <summary>Where records are printed, and how many more.</summary>
    private sealed class Output(VerbContext context, long limit)
    {
        // --json promises one value; what is followed has no end, so its records stay one value a line.
        private readonly bool _array = context.Json && !context.Get(Follow);
        private readonly bool _json = context.Json || context.Get(Format) == ReadFormat.Json;
        private long _written;

        public bool IsFull => _written >= limit;

        public void Begin()
        {
            if (_array) context.Out.Write("[");
        }

        public void Write(TopicPartition partition, RecordBlock block, long endExcl)
        {
            foreach (ref readonly var record in block)
            {
                if (IsFull || record.Offset >= endExcl) return;
                var line = _json ? RecordText.Json(partition, record) : RecordText.Line(partition, record);
                if (_array) context.Out.Write(_written == 0 ? "\n" + line : ",\n" + line);
                else context.Out.WriteLine(line);
                _written++;
            }
        }

        public void End()
        {
            if (_array) context.Out.WriteLine(_written == 0 ? "]" : "\n]");
        }
    }
}
