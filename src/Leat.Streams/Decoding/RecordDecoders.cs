using System.Collections.Concurrent;

namespace Leat.Streams.Decoding;

/// <summary>Which decoder serves a record type: one that was registered (by generated code), else the built-in JSON one.</summary>
public static class RecordDecoders
{
    private static readonly ConcurrentDictionary<Type, Delegate> Registered = new();

    /// <summary>Makes <paramref name="factory"/> the source of decoders for <typeparamref name="T"/>.</summary>
    public static void Register<T>(Func<IRecordDecoder<T>> factory) => Registered[typeof(T)] = factory;

    /// <summary>A new decoder, the caller's to dispose.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2103 a member's type cannot be decoded.</exception>
    public static IRecordDecoder<T> Create<T>() =>
        Registered.TryGetValue(typeof(T), out var factory) ? ((Func<IRecordDecoder<T>>)factory)() : new JsonRecordDecoder<T>();
}
