using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>State of a key whose changes come out together, once a second of event time at most: what it was then and what it is now. (Flink's runs gather changes for two seconds.)</summary>
internal abstract class PeriodicChanges<TKey, TIn, TState> : KeyedProcess<TKey, TIn, Replaced<TState>>
    where TState : struct
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly ValueState<Changing> _state;

    protected PeriodicChanges() => _state = Value<Changing>("state");

    protected sealed override void Process(TIn row)
    {
        var state = _state.Value;
        if (!state.IsChanged)
        {
            state.IsChanged = true;
            SetTimer(new DateTime(Time.Ticks - (Time.Ticks % Period.Ticks) + Period.Ticks, DateTimeKind.Utc));
        }

        Change(ref state.New, row);
        _state.Value = state;
    }

    protected sealed override void OnTimer(DateTime time)
    {
        var state = _state.Value;
        if (!state.IsChanged) return;
        Emit(new Replaced<TState>(state.WasTold, state.Old, state.New));
        _state.Value = new Changing { Old = state.New, New = state.New, WasTold = true };
    }

    /// <summary>Brings a row into the state of its key.</summary>
    protected abstract void Change(ref TState state, in TIn row);

    /// <summary>The state that was told last, and that of now.</summary>
    internal struct Changing
    {
        public TState Old { get; set; }

        public TState New;

        public bool WasTold { get; set; }

        public bool IsChanged { get; set; }
    }
}
