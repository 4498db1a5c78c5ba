using System.Text;
using Leat.Core;
using Leat.Streams.Kernels;
using Leat.Streams.Keys;
using Leat.Streams.Processes;
using Leat.Streams.State.Spill;

namespace Leat.Streams.Tests.State;

/// <summary>A keyed operator of <see cref="TallyFunction"/> without a job around it.</summary>
internal sealed class TallyBench : IDisposable
{
    private static readonly KeyShape<Text> Shape = KeyShape<Text>.Of();
    private readonly KeyedOperator<Text, int> _operator = new("tally", new KeyedSettings<Text>(Shape, 0), () => new TallyFunction());
    private readonly SpillFolder? _folder;

    /// <param name="folder">Of the rows on disk; null = all stay in memory.</param>
    /// <param name="budget">Bytes in memory.</param>
    /// <param name="pieceRows">Rows written at once.</param>
    public TallyBench(string? folder, long budget, int pieceRows)
    {
        _operator.Open(1, TimeProvider.System);
        foreach (var shard in _operator.Shards) shard.Capture.PieceRows = pieceRows;
        if (folder is null) return;
        _folder = new SpillFolder(Path.Combine(folder, "spill"), new());
        _operator.UseDisk(new StateBudget(budget), _folder);
    }

    public long Spilled => _operator.Measure().SpilledBytes;

    public int InMemory => (int)_operator.Measure().Keys;

    public IEnumerable<string> Fired => _operator.Shards.SelectMany(s => ((TallyFunction)s.Function).Fired);

    public void Process(string key, int row) => With(key, function => function.Process(row));

    public void Advance(long watermark)
    {
        foreach (var shard in _operator.Shards)
        {
            shard.FireEventTimers(watermark);
            shard.Compact();
        }
    }

    public void Compact()
    {
        foreach (var shard in _operator.Shards) shard.Compact();
    }

    /// <summary>What it has of the keys, a line a key that has something; looking at them brings them into memory.</summary>
    public List<string> Show(IEnumerable<string> keys)
    {
        var lines = new List<string>();
        foreach (var key in keys)
        {
            With(key, function =>
            {
                if (function.Show() is not "/" and var held) lines.Add($"{key} {held}");
            });
        }

        return lines;
    }

    public void Capture(bool whole) => _operator.Capture(whole);

    public void BeginScan() => _operator.BeginScan();

    /// <summary>One piece; false: it was the last.</summary>
    public bool Write(List<byte[]> to)
    {
        var writer = new StateWriter();
        var more = _operator.WriteCaptured(writer);
        to.Add(writer.Written.ToArray());
        return more;
    }

    public bool Scan(List<byte[]> to)
    {
        var writer = new StateWriter();
        var more = _operator.Scan(writer);
        to.Add(writer.Written.ToArray());
        return more;
    }

    public void Load(IEnumerable<byte[]> pieces)
    {
        foreach (var piece in pieces) _operator.Load(new StateReader(piece));
        _operator.Restore(long.MinValue, 0);
    }

    public void Dispose()
    {
        foreach (var shard in _operator.Shards) shard.Dispose();
        _folder?.Dispose();
    }

    private unsafe void With(string key, Action<TallyFunction> act)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        fixed (byte* start = bytes)
        {
            var text = new Text(start, bytes.Length);
            var hash = KeyHash.Of(text);
            var shard = _operator.Shards[_operator.ShardOf(hash)];
            shard.Begin(text, hash, 0, long.MinValue);
            act((TallyFunction)shard.Function);
            shard.End();
        }
    }
}
