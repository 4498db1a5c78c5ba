using System.Collections.Immutable;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Inspection;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;
using Leat.Streams.State;
using Leat.Streams.State.Spill;
using Leat.Streams.Time;

namespace Leat.Streams.Processes;

/// <summary>An operator whose function keeps state by key. Workers run it under the lock of the key's shard and pass on what it emits; the coordinator fires timers.</summary>
/// <param name="name">Kind of operator, as signatures and errors name it.</param>
/// <param name="settings">What the operator was made with.</param>
/// <param name="create">Makes the function, once a shard.</param>
internal sealed class KeyedOperator<TKey, TOut>(string name, KeyedSettings<TKey> settings, Func<KeyedFunction<TKey, TOut>> create) : StatefulOperator
{
    private const int ShardsAWorker = 4;
    private const int KeysBetweenLooks = 1024;
    private KeyedOutput<TOut>? _output;
    private TimeProvider _clock = TimeProvider.System;
    private int _writing;
    private int _scanning;

    public override string Signature => $"{name} by {string.Join(',', settings.Shape.Columns.Select(c => $"{c.Name} {c.Type}"))}";

    public ImmutableArray<KeyedShard<TKey, TOut>> Shards { get; private set; } = [];

    public string Name => name;

    /// <summary>Where emitted rows go; set once, when the graph is made.</summary>
    public StreamNode<TOut>? Next { get; set; }

    public long InputDelay => settings.InputDelay;

    public int ShardOf(int hash) => KeyShards.Of(hash, Shards.Length);

    public KeyedOutput<TOut> CreateOutput(WorkerContext context) => new(Next!.Build(context), context);

    public override void Open(int shards, TimeProvider clock)
    {
        _clock = clock;
        Shards = [.. Enumerable.Range(0, KeyShards.Count(shards * ShardsAWorker)).Select(_ => new KeyedShard<TKey, TOut>(settings.Shape, create(), clock, settings.TimeToLive))];
    }

    public override void UseDisk(StateBudget budget, SpillFolder folder)
    {
        foreach (var shard in Shards) shard.UseDisk(budget, folder);
    }

    public override void Connect(WorkerContext coordinator) => _output = CreateOutput(coordinator);

    public override void Advance(long watermark) => ForEach((shard, at) => shard.FireEventTimers(at), Watermarks.Minus(watermark, InputDelay));

    public override void Tick(long watermark)
    {
        var now = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        ForEach((shard, at) => shard.FireClockTimers(now, at), Watermarks.Minus(watermark, InputDelay));
    }

    public override void Barrier() => _output!.Barrier();

    public override bool IsScanned => true;

    public override void Capture(bool whole)
    {
        foreach (var shard in Shards) shard.Capture.Capture(whole);
        _writing = 0;
    }

    public override bool WriteCaptured(StateWriter writer)
    {
        WriteStates(writer);
        var shard = Shards[_writing];
        lock (shard.Gate)
        {
            if (!shard.Capture.WriteCaptured(writer)) _writing++;
        }

        return _writing < Shards.Length;
    }

    public override void BeginScan()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Capture.BeginScan();
        }

        _scanning = 0;
    }

    public override bool Scan(StateWriter writer)
    {
        WriteStates(writer);
        var shard = Shards[_scanning];
        lock (shard.Gate)
        {
            if (!shard.Capture.Scan(writer)) _scanning++;
        }

        return _scanning < Shards.Length;
    }

    public override void Load(StateReader reader)
    {
        var saved = Enumerable.Range(0, (int)reader.Number()).Select(_ => SavedState.Read(reader)).ToList();
        foreach (var state in saved) state.Check(Shards[0].Function.States, Shards[0].Function.Dropped, Label ?? Signature);
        while (!reader.AtEnd) LoadShard(reader, saved);
    }

    public override void Restore(long watermark, long checkpointId)
    {
        foreach (var shard in Shards) shard.Capture.Forget();
    }

    public override void GiveWay()
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Compact();
        }
    }

    public override StateSize Measure()
    {
        var size = default(StateSize);
        foreach (var shard in Shards)
        {
            lock (shard.Gate) size = size.With(shard.Keys, shard.SizeBytes).WithSpilled(shard.SpilledBytes);
        }

        return size;
    }

    public override void Dispose()
    {
        _output?.Dispose();
        foreach (var shard in Shards)
        {
            lock (shard.Gate) shard.Dispose();
        }
    }

    private void WriteStates(StateWriter writer)
    {
        var states = Shards[0].Function.States;
        writer.Number(states.Count);
        foreach (var state in states) SavedState.Of(state).Write(writer);
    }

    private void LoadShard(StateReader reader, List<SavedState> saved)
    {
        using var arena = new TextArena();
        for (var left = reader.Number(); left > 0; left--)
        {
            var gone = settings.Shape.Read(reader, arena);
            var hash = KeyHash.Of(gone);
            Shards[ShardOf(hash)].Forget(gone, hash);
        }

        for (var loaded = 1; reader.Boolean(); loaded++)
        {
            var key = settings.Shape.Read(reader, arena);
            var hash = KeyHash.Of(key);
            Shards[ShardOf(hash)].Load(key, hash, reader, saved);
            if (loaded % KeysBetweenLooks == 0) Shards[ShardOf(hash)].Compact();
        }

        foreach (var shard in Shards) shard.Compact();
    }

    private void ForEach(Action<KeyedShard<TKey, TOut>, long> act, long watermark)
    {
        foreach (var shard in Shards)
        {
            lock (shard.Gate)
            {
                _output!.Ordinal = WorkerContext.Derived;
                shard.Use(_output);
                act(shard, watermark);
                _output.Pass();
                shard.Compact();
            }
        }

        _output!.Flush();
    }
}
