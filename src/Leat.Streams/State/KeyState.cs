using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams;

/// <summary>A piece of state that each key has its own of; <see cref="KeyedFunction{TKey, TOut}"/> makes them.</summary>
public abstract class KeyState : IDisposable
{
    private protected KeyState(string name) => Name = name;

    /// <summary>Unique among the states of a function; saved state is found by it.</summary>
    public string Name { get; }

    /// <summary>Kind and key type; the saved form of the values is <see cref="ValueSignature"/>.</summary>
    internal abstract string Kind { get; }

    /// <summary>Type of the values, as text that is equal for types whose saved form is interchangeable.</summary>
    internal abstract string ValueSignature { get; }

    /// <summary>Whether values saved with this signature can be read, as they are or by a migration.</summary>
    internal abstract bool CanRead(string valueSignature);

    /// <summary>Memory, in bytes.</summary>
    internal abstract long SizeBytes { get; }

    /// <summary>Of it what each row takes, whatever it holds.</summary>
    internal abstract int RowBytes { get; }

    /// <summary>Of it what depends on what rows hold, without room that is free.</summary>
    internal abstract long HeldBytes { get; }

    /// <summary>Whose row the state is read and written at.</summary>
    private protected KeyCursor Cursor { get; private set; } = new();

    internal void Attach(KeyCursor cursor) => Cursor = cursor;

    /// <summary>Makes room for <paramref name="capacity"/> rows.</summary>
    internal abstract void Reserve(int capacity);

    internal abstract bool IsEmpty(int row);

    internal abstract void Clear(int row);

    internal abstract void Write(int row, StateWriter writer);

    /// <summary>Loads what <see cref="Write"/> wrote when values had that signature; the row is empty before.</summary>
    internal abstract void Load(int row, StateReader reader, string valueSignature);

    /// <summary>Frees memory of dropped values when that is worth it, or always; views handed out before are then no longer valid.</summary>
    internal abstract void Compact(bool always);

    void IDisposable.Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    internal abstract void Free();
}
