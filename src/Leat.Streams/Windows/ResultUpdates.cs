namespace Leat.Streams.Windows;

/// <summary>Results as they change: every so often of the job's clock, when a window's end is passed, before it becomes final, and before a checkpoint, so that none waits in it.</summary>
/// <param name="store">State of the windows.</param>
/// <param name="every">Time between early or late results; zero = as often as the coordinator comes by.</param>
/// <param name="stream">Where they go.</param>
/// <param name="needsTime">Without a watermark there is no time for a result, so none comes out.</param>
internal sealed class ResultUpdates<TKey>(WindowStore<TKey> store, TimeSpan every, ResultSink<TKey> stream, bool needsTime = true) : ResultSink<TKey>
{
    private IChangeListener? _listener;
    private long _watermark = long.MinValue;
    private long _before = long.MinValue;
    private DateTimeOffset _due;
    private bool _isEnding;

    public void Connect()
    {
        _listener = store.Listen();
        store.TrackEnds();
    }

    /// <summary>After loading: all that had changed was told before it was saved.</summary>
    public void Restore(long watermark) => _watermark = watermark;

    public void Tick(DateTimeOffset now)
    {
        if (now < _due) return;
        _due = now + every;
        Fire();
    }

    /// <summary>Before the windows that are final at the watermark are closed.</summary>
    public void Advance(long watermark)
    {
        (_before, _watermark) = (_watermark, watermark);
        var hasEnds = store.HasEnds(_before, watermark);
        if (!hasEnds && !store.HasFinals(_before, watermark)) return;
        _isEnding = true;
        Fire();
        if (hasEnds) store.EmitEnded(_before, watermark, this);
        _isEnding = false;
    }

    /// <summary>Tells all that has changed since the last time.</summary>
    public void Fire()
    {
        if (_watermark > long.MinValue || !needsTime) store.TakeChanges(_listener!, this);
    }

    public override void Emit(in WindowedRow<TKey> row)
    {
        var end = row.Window.End;
        var ends = _isEnding && end > _before && end <= _watermark;
        if (ends && row.Firing != Firing.OnTime && !row.IsGone) return; // all rows of the window follow
        stream.Emit(row.As(row.Firing == Firing.OnTime ? Firing.OnTime : end <= _watermark ? Firing.Late : Firing.Early, store.HasWindow ? row.Time : _watermark));
    }

    public override void Pass() => stream.Pass();
}
