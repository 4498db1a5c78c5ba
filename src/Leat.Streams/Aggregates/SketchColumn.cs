using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>An aggregate whose state is an object a row. A row that is final keeps its results only.</summary>
internal abstract class SketchColumn<TSketch> : AggregateColumn
    where TSketch : class
{
    private const int MostKeptRows = 1024;
    private const int ResultBytes = 32;
    private const byte Nothing = 0;
    private const byte Sketch = 1;
    private const byte Results = 2;
    private TSketch?[] _sketches = [];
    private object?[]?[] _results = [];

    public sealed override long SizeOf(int row) => (2 * nint.Size) + (_sketches[row] is { } sketch ? SizeOf(sketch) : _results[row] is null ? 0 : ResultBytes * Width);

    public sealed override void Reserve(int capacity)
    {
        if (_sketches.Length >= capacity) return;
        Array.Resize(ref _sketches, capacity);
        Array.Resize(ref _results, capacity);
    }

    public sealed override void Merge(int row, AggregateColumn from, int fromRow)
    {
        var other = (SketchColumn<TSketch>)from;
        if (other._results[fromRow] is { } results) _results[row] = results; // a sealed row is copied, never added to another
        if (other._sketches[fromRow] is { } sketch) Merge(At(row), sketch);
    }

    public sealed override object? Read(int row) => ResultsOf(row)[0];

    public sealed override void Read(int row, Span<object?> results) => ResultsOf(row).CopyTo(results);

    public sealed override void Write(int row, StateWriter writer, bool whole)
    {
        if (_results[row] is { } results)
        {
            writer.Byte(Results);
            foreach (var result in results) BoxedState.Write(result, writer);
        }
        else if (_sketches[row] is { } sketch)
        {
            writer.Byte(Sketch);
            Write(sketch, writer, whole);
        }
        else
        {
            writer.Byte(Nothing);
        }
    }

    public sealed override void Load(int row, StateReader reader)
    {
        switch (reader.Byte())
        {
            case Nothing: break;
            case Sketch: Load(At(row), reader); break;
            case Results:
                _results[row] = [.. Enumerable.Range(0, Width).Select(_ => BoxedState.Read(reader))];
                _sketches[row] = null;
                break;
            default: throw new InvalidDataException("unknown state of a sketch");
        }
    }

    public sealed override void Seal(int row)
    {
        if (_sketches[row] is null) return;
        _results[row] = ResultsOf(row);
        _sketches[row] = null;
    }

    public sealed override void Reset(int row)
    {
        _results[row] = null;
        if (_sketches[row] is { } sketch) Clear(sketch);
    }

    public sealed override void Clear(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i < MostKeptRows) Reset(i);
            else (_results[i], _sketches[i]) = (null, null);
        }
    }

    protected TSketch At(int row) => _sketches[row] ??= Create();

    protected abstract TSketch Create();

    /// <summary>Memory of a sketch, in bytes.</summary>
    protected abstract long SizeOf(TSketch sketch);

    protected abstract void Merge(TSketch sketch, TSketch added);

    /// <summary>As many as <see cref="AggregateColumn.Width"/>.</summary>
    /// <param name="sketch">Null when nothing was added.</param>
    protected abstract object?[] ResultsOf(TSketch? sketch);

    protected abstract void Write(TSketch sketch, StateWriter writer, bool whole);

    /// <summary>The sketch has what was saved before.</summary>
    protected abstract void Load(TSketch sketch, StateReader reader);

    /// <summary>Empties it; texts it kept in the arena are lost.</summary>
    protected abstract void Clear(TSketch sketch);

    private object?[] ResultsOf(int row) => _results[row] ?? ResultsOf(_sketches[row]);
}
