using Leat.Streams.Processes;

namespace Leat.Streams;

/// <summary>Code with state and timers of each key. One instance serves many keys, never two at once; what it keeps in fields of its own is neither by key nor saved.</summary>
/// <typeparam name="TKey">Key of the stream.</typeparam>
/// <typeparam name="TOut">Rows that come out.</typeparam>
public abstract class KeyedFunction<TKey, TOut>
{
    private readonly List<KeyState> _states = [];
    private readonly HashSet<string> _dropped = [];
    private KeyedShard<TKey, TOut>? _shard;

    /// <summary>Key of the row or timer.</summary>
    protected TKey Key => Shard.Key;

    /// <summary>Event time of the row, or the time of the timer; UTC.</summary>
    protected DateTime Time => TimeOf(Shard.Time);

    /// <summary>No row before this is expected; a row before it is late. <see cref="DateTime.MinValue"/> while nothing is known.</summary>
    protected DateTime Watermark => TimeOf(Shard.Watermark);

    /// <summary>Whether the row came after the watermark had passed its time.</summary>
    protected bool IsLate => Shard.Time < Shard.Watermark;

    /// <summary>The job's clock, UTC.</summary>
    protected DateTime ProcessingTime => TimeOf(Shard.Now());

    internal IReadOnlyList<KeyState> States => _states;

    internal IReadOnlySet<string> Dropped => _dropped;

    /// <summary>Event time of the row or timer, ticks since 1970.</summary>
    internal long Ticks => Shard.Time;

    internal long WatermarkTicks => Shard.Watermark;

    private KeyedShard<TKey, TOut> Shard => _shard ?? throw new InvalidOperationException("state, time and output exist only while a row or a timer is processed");

    /// <summary>Declares a value a key; call it in the constructor.</summary>
    protected ValueState<T> Value<T>(string name, params StateMigration<T>[] migrations) => Declare(new ValueState<T>(name, migrations));

    /// <summary>Declares a list a key; call it in the constructor.</summary>
    protected ListState<T> List<T>(string name, params StateMigration<T>[] migrations) => Declare(new ListState<T>(name, migrations));

    /// <summary>Declares a map a key; call it in the constructor.</summary>
    protected MapState<TMapKey, TValue> Map<TMapKey, TValue>(string name, params StateMigration<TValue>[] migrations) => Declare(new MapState<TMapKey, TValue>(name, migrations));

    /// <summary>Says that a state of this name, which checkpoints may have, is no longer wanted; call it in the constructor. Without, such a checkpoint is refused (LEAT2119).</summary>
    protected void Drop(string name) => _dropped.Add(name);

    /// <summary>Passes a row on with the event time of the row or timer.</summary>
    protected void Emit(TOut row) => Shard.Emit(row, Shard.Time);

    /// <summary>Passes a row on with a time of its own; before the watermark it is late for what follows.</summary>
    protected void Emit(TOut row, DateTime time) => Shard.Emit(row, TicksOf(time));

    /// <summary>Asks for <see cref="OnTimer"/> of this key when the watermark reaches a time; once, however often it is asked for.</summary>
    protected void SetTimer(DateTime time) => Shard.EventTimers.Set(Shard.Row, TicksOf(time));

    /// <summary>False: there is no such timer.</summary>
    protected bool CancelTimer(DateTime time) => Shard.EventTimers.Cancel(Shard.Row, TicksOf(time));

    /// <summary>Asks for <see cref="OnProcessingTimer"/> of this key when the job's clock reaches a time; at once after a restart when it was missed.</summary>
    protected void SetProcessingTimer(DateTime time) => Shard.ClockTimers.Set(Shard.Row, TicksOf(time));

    /// <summary>False: there is no such timer.</summary>
    protected bool CancelProcessingTimer(DateTime time) => Shard.ClockTimers.Cancel(Shard.Row, TicksOf(time));

    /// <summary>The watermark has reached a timer of the key.</summary>
    protected internal virtual void OnTimer(DateTime time)
    {
    }

    /// <summary>The job's clock has reached a timer of the key.</summary>
    protected internal virtual void OnProcessingTimer(DateTime time)
    {
    }

    internal void Attach(KeyedShard<TKey, TOut> shard) => _shard = shard;

    internal void SetTimerAt(long ticks) => Shard.EventTimers.Set(Shard.Row, ticks);

    internal void EmitAt(TOut row, long ticks) => Shard.Emit(row, ticks);

    /// <summary>User code threw for something that a timer did.</summary>
    internal void Fault(string operation, Exception error) => Shard.Fault(operation, error);

    internal void Late() => Shard.Late();

    internal static DateTime TimeOf(long ticks) =>
        ticks < -DateTime.UnixEpoch.Ticks ? DateTime.MinValue : ticks > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? DateTime.MaxValue : new DateTime(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);

    internal static long TicksOf(DateTime time) => time.Ticks - DateTime.UnixEpoch.Ticks;

    /// <summary>Declares a state of a kind of one's own; call it in the constructor.</summary>
    private protected TState Keep<TState>(TState state)
        where TState : KeyState => Declare(state);

    private TState Declare<TState>(TState state)
        where TState : KeyState
    {
        if (_shard is not null) throw new InvalidOperationException($"state '{state.Name}' must be declared in the constructor");
        if (_states.Exists(s => s.Name == state.Name)) throw StreamErrors.NameTaken("state", state.Name, GetType().Name);
        _states.Add(state);
        return state;
    }
}
