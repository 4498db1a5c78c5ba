namespace Leat.Conformance;

/// <summary>A clock that moves only when the test says so; timers fire inside <see cref="Advance"/>, in order of their due time.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _armed;

    public ManualTimeProvider(DateTimeOffset? start = null)
    {
        _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _now = _start;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that wait for their time.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    /// <summary>Timers armed so far; a barrier: read it, start work, await <see cref="WaitForTimerAsync"/>.</summary>
    public long TimersArmed => Interlocked.Read(ref _armed);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing what falls due on the way.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>Moves the clock to <paramref name="target"/>, firing what falls due on the way. A target in the past sets the clock back and fires nothing.</summary>
    public void AdvanceTo(DateTimeOffset target)
    {
        while (true)
        {
            ManualTimer? due;
            lock (_gate)
            {
                due = _timers.Where(t => t.Due <= target).MinBy(t => t.Due);
                if (due is null)
                {
                    _now = target;
                    return;
                }
                if (due.Due > _now) _now = due.Due;
                due.Rearm();
            }
            due.Fire();
        }
    }

    /// <summary>Waits (real time, at most ten seconds) until a timer is due at or before <paramref name="until"/>, that is until the code under test sleeps.</summary>
    public async Task WaitForTimerAsync(DateTimeOffset until)
    {
        for (var i = 0; i < 2_000; i++)
        {
            lock (_gate)
            {
                if (_timers.Any(t => t.Due <= until)) return;
            }
            await Task.Delay(5);
        }
        throw new TimeoutException($"no timer due by {until:O}; clock {GetUtcNow():O}, {ActiveTimers} timers wait");
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                _period = period;
                now = dueTime <= TimeSpan.Zero && period <= TimeSpan.Zero;
                Due = clock._now + dueTime;
                if (!now)
                {
                    clock._timers.Add(this);
                    Interlocked.Increment(ref clock._armed);
                }
            }
            if (now) Fire();
            return true;
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else clock._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
