using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;
using Leat.Streams.State;

namespace Leat.Streams;

/// <summary>One value a key, or none.</summary>
/// <typeparam name="T">A simple value, a tuple, a record or a struct of these; texts in it are copied.</typeparam>
public sealed class ValueState<T> : KeyState
{
    private readonly StateValues<T> _kept;
    private readonly Pages<T> _values = new();
    private readonly Pages<bool> _has = new();

    internal ValueState(string name, StateMigration<T>[] migrations)
        : base(name) => _kept = new StateValues<T>(migrations);

    /// <summary>The key's value; the default of <typeparamref name="T"/> when it has none. Setting it makes it exist.</summary>
    public T Value
    {
        get => _values[Cursor.Row];
        set
        {
            _values[Cursor.Row] = _kept.Keep(value);
            _has[Cursor.Row] = true;
        }
    }

    public bool Exists => _has[Cursor.Row];

    public void Clear() => Clear(Cursor.Row);

    internal override string Kind => "value";

    internal override string ValueSignature => _kept.Signature;

    internal override bool CanRead(string valueSignature) => _kept.CanRead(valueSignature);

    internal override long SizeBytes => _values.SizeBytes + _has.SizeBytes + _kept.SizeBytes;

    internal override int RowBytes => Unsafe.SizeOf<T>() + 1;

    internal override long HeldBytes => _kept.TextBytes;

    internal override void Reserve(int capacity)
    {
        _values.Reserve(capacity);
        _has.Reserve(capacity);
    }

    internal override bool IsEmpty(int row) => !_has[row];

    internal override void Clear(int row) => (_values[row], _has[row]) = (default!, false);

    internal override void Write(int row, StateWriter writer)
    {
        writer.Boolean(_has[row]);
        if (_has[row]) _kept.Write(_values[row], writer);
    }

    internal override void Load(int row, StateReader reader, string valueSignature)
    {
        if (!reader.Boolean()) return;
        (_values[row], _has[row]) = (_kept.Read(reader, valueSignature), true);
    }

    internal override void Compact(bool always)
    {
        if (!_kept.IsWasteful(always)) return;
        using var rebuilt = _kept.Begin();
        for (var row = 0; row < _values.Capacity; row++)
            if (_has[row]) _values[row] = _kept.Keep(_values[row]);
    }

    internal override void Free() => _kept.Dispose();
}
