using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>State of a key whose changes come out together, once a second of event time at most: what was told last and what it is now. (Flink's runs gather changes for two seconds.)</summary>
internal abstract class PeriodicChanges<TKey, TIn, TState> : KeyedProcess<TKey, TIn, Replaced<TState>>
    where TState : struct
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly ValueState<Changing> _state;
    private readonly ValueState<TState> _told;

    protected PeriodicChanges()
    {
        _state = Value<Changing>("state");
        _told = Value<TState>("told");
    }

    protected sealed override void Process(TIn row)
    {
        var state = _state.Value;
        Change(ref state.Now, row);
        if (!state.IsChanged)
        {
            state.IsChanged = true;
            SetTimer(new DateTime(Time.Ticks - (Time.Ticks % Period.Ticks) + Period.Ticks, DateTimeKind.Utc));
        }

        _state.Value = state;
    }

    protected sealed override void OnTimer(DateTime time)
    {
        var state = _state.Value;
        if (!state.IsChanged) return;
        Emit(new Replaced<TState>(_told.Exists, _told.Value, state.Now));
        _told.Value = state.Now;
        state.IsChanged = false;
        _state.Value = state;
    }

    /// <summary>Brings a row into the state of its key.</summary>
    protected abstract void Change(ref TState state, in TIn row);

    /// <summary>The state of now, and whether it is not told yet.</summary>
    internal struct Changing
    {
        public TState Now;

        public bool IsChanged { get; set; }
    }
}
