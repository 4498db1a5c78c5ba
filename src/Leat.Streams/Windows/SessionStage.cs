using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Execution;
using Leat.Streams.Kernels;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>
/// Groups rows of a key that are in the same stretch of one gap's length: less than a gap apart, they are in one session whatever else comes.
/// Rows behind the watermark stay by themselves, as sessions that were final then must not take them.
/// A row is late when a session of it alone would be final: whether it would have met a session still open makes no difference, so that the answer does not depend on timing.
/// </summary>
internal sealed class SessionStage<TKey, T>(WindowOperator<TKey, T> window, SessionStore<TKey> store) : WindowStage<TKey, T>(window)
{
    private readonly SessionSettings _settings = store.Settings;
    private SessionSpan[] _spans = [];
    private int _known;
    private long _alone;

    public override void Flush()
    {
        base.Flush();
        _known = 0;
    }

    protected override void Merge(GroupTable<TKey> local, ImmutableArray<AggregateColumn> columns) => store.Merge(local, columns, _spans);

    protected override void Locate(Chunk<T> chunk, WorkerContext context)
    {
        var latest = LatestJudgement(context);
        for (var i = 0; i < chunk.Count; i++)
        {
            Skip(i);
            if (IsFaulty(i)) continue;
            var time = chunk.Times[i];
            var judged = latest <= time ? long.MinValue : JudgementOf(chunk, i, context);
            if (_settings.IsFinal(time, judged)) Late(chunk, i, context);
            else Note(Take(i, time < judged ? Alone() : Stretch(time)), new SessionSpan(time, time, time < judged ? judged : long.MinValue));
        }
    }

    private void Note(int row, SessionSpan span)
    {
        if (row < _known)
        {
            _spans[row] = _spans[row].With(span.First, span.Last);
            return;
        }

        if (row >= _spans.Length) Array.Resize(ref _spans, Math.Max(64, _spans.Length * 2));
        _spans[row] = span;
        _known = row + 1;
    }

    /// <summary>Even ids are stretches, odd ones rows behind the watermark.</summary>
    private long Stretch(long time) => 2 * ((time / _settings.Gap) - (time % _settings.Gap < 0 ? 1 : 0));

    private long Alone() => (2 * _alone++) + 1;
}
