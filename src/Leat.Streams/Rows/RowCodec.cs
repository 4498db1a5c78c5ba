using System.Linq.Expressions;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Rows;

/// <summary>How values of a type are kept: code compiled once for copying texts, saving and loading. Simple values, nullable ones, tuples, records, and structs of these.</summary>
internal sealed class RowCodec<T>
{
    private static RowCodec<T>? _instance;

    private RowCodec(string signature)
    {
        Signature = signature;
        var (value, arena) = (Expression.Parameter(typeof(T), "value"), Expression.Parameter(typeof(TextArena), "arena"));
        var (writer, reader) = (Expression.Parameter(typeof(StateWriter), "writer"), Expression.Parameter(typeof(StateReader), "reader"));
        if (RowCode.HasText(typeof(T)))
        {
            Copy = Expression.Lambda<Func<T, TextArena, T>>(RowCode.Copy(value, arena), value, arena).Compile();
            TextBytes = Expression.Lambda<Func<T, int>>(RowCode.TextBytes(value), value).Compile();
        }

        Write = Expression.Lambda<Action<T, StateWriter>>(Expression.Block(RowCode.Write(value, writer), Expression.Empty()), value, writer).Compile();
        Read = Expression.Lambda<Func<StateReader, TextArena, T>>(RowCode.Read(typeof(T), reader, arena), reader, arena).Compile();
    }

    /// <exception cref="LeatException">LEAT2118 the type cannot be kept.</exception>
    public static RowCodec<T> Instance => _instance ??= new RowCodec<T>(RowCode.Signature(typeof(T)) ?? throw StreamErrors.StateType(typeof(T)));

    /// <summary>Types and member names: equal for types whose saved values are interchangeable.</summary>
    public string Signature { get; }

    /// <summary>The value with its texts copied into an arena; null when it has none.</summary>
    public Func<T, TextArena, T>? Copy { get; }

    /// <summary>Bytes of arena that a copy takes; null when it has no texts.</summary>
    public Func<T, int>? TextBytes { get; }

    public Action<T, StateWriter> Write { get; }

    public Func<StateReader, TextArena, T> Read { get; }
}
