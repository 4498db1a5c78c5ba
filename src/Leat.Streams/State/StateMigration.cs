using Leat.Streams.Rows;

namespace Leat.Streams;

/// <summary>Ways from older types of state to those of today.</summary>
public static class StateMigration
{
    /// <summary>Values of <typeparamref name="TOld"/>, whose members have the names and types they had when the state was saved, are converted when a checkpoint is loaded.</summary>
    public static StateMigration<T> From<TOld, T>(Func<TOld, T> convert)
    {
        var old = RowCodec<TOld>.Instance;
        return new StateMigration<T>(old.Signature, (reader, arena) => convert(old.Read(reader, arena)));
    }
}
