using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Memory of the texts in kept values. What is dropped stays as garbage until the owner copies what is left into new memory. One thread.</summary>
/// <param name="copy">Copies a value's texts; null when the type has none.</param>
internal sealed class RowTexts<T>(Func<T, TextArena, T>? copy) : IDisposable
{
    private TextArena _arena = new();
    private long _heldAfterBuild;

    public long SizeBytes => _arena.SizeBytes;

    /// <summary>Of it what is taken, by texts that are wanted or were.</summary>
    public long TakenBytes => _arena.TakenBytes;

    public TextArena Arena => _arena;

    public T Keep(T value) => copy is null ? value : copy(value, _arena);

    /// <summary>Whether memory has doubled since the last time all of it was in use, and by more than <paramref name="least"/> bytes.</summary>
    /// <param name="least">Bytes.</param>
    /// <param name="always">It has not doubled, but any garbage will do.</param>
    public bool IsWasteful(long least, bool always = false) => copy is not null && (_arena.SizeBytes > (2 * _heldAfterBuild) + least || (always && _arena.SizeBytes > 0));

    /// <summary>New memory: the caller passes every value through <see cref="Keep"/> again and then disposes what this returns.</summary>
    public Rebuild Begin()
    {
        var old = _arena;
        _arena = new TextArena();
        return new Rebuild(this, old);
    }

    public void Dispose() => _arena.Dispose();

    /// <summary>Frees the old memory when all that is wanted has been copied.</summary>
    public readonly struct Rebuild(RowTexts<T> owner, TextArena old) : IDisposable
    {
        public void Dispose()
        {
            owner._heldAfterBuild = owner._arena.SizeBytes;
            old.Dispose();
        }
    }
}
