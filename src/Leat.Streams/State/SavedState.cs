using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>A state as a checkpoint names it: states are found again by name, so that a function may get new ones, and lose those that it says are dropped.</summary>
internal sealed record SavedState(string Name, string Kind, string ValueSignature)
{
    public static SavedState Of(KeyState state) => new(state.Name, state.Kind, state.ValueSignature);

    public static SavedState Read(StateReader reader) => new(reader.String()!, reader.String()!, reader.String()!);

    public void Write(StateWriter writer)
    {
        writer.String(Name);
        writer.String(Kind);
        writer.String(ValueSignature);
    }

    /// <exception cref="Leat.Core.LeatException">LEAT2119 the state is of another form now, or not there.</exception>
    public void Check(IReadOnlyList<KeyState> states, IReadOnlySet<string> dropped, string operation)
    {
        if (Find(states) is not { } state)
        {
            if (dropped.Contains(Name)) return;
            throw StreamErrors.StateGone(operation, Name);
        }

        if (state.Kind == Kind && state.CanRead(ValueSignature)) return;
        throw StreamErrors.StateForm(operation, Name, $"{Kind} of {ValueSignature}", $"{state.Kind} of {state.ValueSignature}");
    }

    public void Load(int row, StateReader reader, IReadOnlyList<KeyState> states) => Find(states)?.Load(row, reader, ValueSignature);

    private KeyState? Find(IReadOnlyList<KeyState> states)
    {
        foreach (var state in states)
            if (state.Name == Name) return state;
        return null;
    }
}
