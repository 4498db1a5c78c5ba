using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>Groups rows by the slices of windows aligned to the clock.</summary>
internal sealed class AlignedStage<TKey, T>(WindowOperator<TKey, T> window, PaneStore<TKey> store) : WindowStage<TKey, T>(window)
{
    private readonly WindowSettings _settings = store.Settings;

    protected override void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns) => store.Merge(local, columns);

    protected override void Locate(Chunk<T> chunk, WorkerContext context)
    {
        if (!HasFaults && _settings.IsTumbling) LocateTumbling(chunk, context);
        else LocateAny(chunk, context);
    }

    private void LocateTumbling(Chunk<T> chunk, WorkerContext context)
    {
        var size = (ulong)_settings.Size;
        var untilFinal = _settings.Size + _settings.Lateness;
        var start = long.MinValue / 2;
        var latest = LatestJudgement(context);
        for (var i = 0; i < chunk.Count; i++)
        {
            var time = chunk.Times[i];
            if ((ulong)(time - start) >= size) start = _settings.SliceOf(time);
            if (start + untilFinal <= latest && IsLate(chunk, i, start, context)) continue;
            _ = Take(i, start);
        }
    }

    /// <summary>For overlapping windows, and leaving out the rows whose user code threw.</summary>
    private void LocateAny(Chunk<T> chunk, WorkerContext context)
    {
        var latest = LatestJudgement(context);
        for (var i = 0; i < chunk.Count; i++)
        {
            Skip(i);
            if (IsFaulty(i)) continue;
            var id = _settings.SliceOf(chunk.Times[i]);
            if (_settings.IsFinal(_settings.FirstOf(id), latest))
            {
                if (IsLate(chunk, i, _settings.LastOf(id), context)) continue;
                id += _settings.FinalAt(id, JudgementOf(chunk, i, context));
            }

            _ = Take(i, id);
        }
    }

    /// <param name="chunk">Rows.</param>
    /// <param name="index">The row.</param>
    /// <param name="last">Last window the row belongs to.</param>
    /// <param name="context">Of the worker.</param>
    private bool IsLate(Chunk<T> chunk, int index, long last, WorkerContext context)
    {
        if (!_settings.IsFinal(last, JudgementOf(chunk, index, context))) return false;
        Late(chunk, index, context);
        return true;
    }
}
