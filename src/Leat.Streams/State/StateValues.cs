using Leat.Streams.Kernels;
using Leat.Streams.Rows;

namespace Leat.Streams.State;

/// <summary>How the values of one state are kept: copies of texts, saved form, and older forms that can still be read.</summary>
internal sealed class StateValues<T>(StateMigration<T>[] migrations) : IDisposable
{
    private const long LeastGarbage = 1 << 20;
    private readonly RowCodec<T> _codec = RowCodec<T>.Instance;
    private readonly RowTexts<T> _texts = new(RowCodec<T>.Instance.Copy);

    /// <summary>Of the type of today.</summary>
    public string Signature => _codec.Signature;

    public long SizeBytes => _texts.SizeBytes;

    public long TextBytes => _texts.TakenBytes;

    /// <summary>Whether it is worth to pass all values through <see cref="Keep"/> again, or can be.</summary>
    public bool IsWasteful(bool always) => _texts.IsWasteful(always ? 0 : LeastGarbage, always);

    public T Keep(T value) => _texts.Keep(value);

    public RowTexts<T>.Rebuild Begin() => _texts.Begin();

    public void Write(T value, StateWriter writer) => _codec.Write(value, writer);

    public T Read(StateReader reader, string signature) => Reader(signature)!(reader, _texts.Arena);

    /// <summary>Whether values saved with this signature can be read.</summary>
    public bool CanRead(string signature) => Reader(signature) is not null;

    public void Dispose() => _texts.Dispose();

    private Func<StateReader, TextArena, T>? Reader(string signature) => signature == Signature ? _codec.Read : Array.Find(migrations, m => m.Signature == signature)?.Read;
}
