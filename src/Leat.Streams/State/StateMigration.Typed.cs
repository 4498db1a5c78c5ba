using Leat.Streams.Kernels;

namespace Leat.Streams;

/// <summary>How values that were saved as an older type become values of <typeparamref name="T"/>.</summary>
public sealed class StateMigration<T>
{
    internal StateMigration(string signature, Func<StateReader, TextArena, T> read) => (Signature, Read) = (signature, read);

    /// <summary>Of the older type.</summary>
    internal string Signature { get; }

    internal Func<StateReader, TextArena, T> Read { get; }
}
