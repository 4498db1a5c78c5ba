using System.Collections.Immutable;
using System.Text;

namespace Leat.Core;

/// <summary>Reads the parts of a stored batch; whatever the bytes are, it throws LEAT1082 or gives a value in range.</summary>
internal ref struct BatchSource(ReadOnlySpan<byte> bytes)
{
    private const int MostNesting = 64;
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>The next <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> Block(long length)
    {
        if (length > _left.Length) throw BatchErrors.Corrupt($"{_left.Length} bytes where {length} should follow");
        var block = _left[..(int)length];
        _left = _left[(int)length..];
        return block;
    }

    /// <summary>Checks that at least <paramref name="count"/> bytes follow, before memory is taken for as many values.</summary>
    public readonly void Require(long count)
    {
        if (count > _left.Length) throw BatchErrors.Corrupt($"{_left.Length} bytes where {count} values should follow");
    }

    public byte Byte() => Block(1)[0];

    public long Number(long most)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value <= (ulong)most ? (long)value : throw BatchErrors.Corrupt($"{value} where at most {most} can be");
        }

        throw BatchErrors.Corrupt("a number of more than 64 bits");
    }

    public Schema Schema() => new(Fields(0));

    private ImmutableArray<Field> Fields(int depth)
    {
        if (depth > MostNesting) throw BatchErrors.Corrupt($"types nested deeper than {MostNesting}");
        var fields = ImmutableArray.CreateBuilder<Field>();
        for (var left = Number(_left.Length); left > 0; left--)
        {
            var name = Name();
            var nullable = Byte() != 0;
            fields.Add(new Field(name, Type(depth), nullable));
        }

        return fields.ToImmutable();
    }

    private DataType Type(int depth)
    {
        var kind = (TypeKind)Byte();
        switch (kind)
        {
            case TypeKind.Decimal:
                var (width, scale) = (Byte(), Byte());
                return width is >= 1 and <= 38 && scale <= width ? DataType.Decimal(width, scale) : throw BatchErrors.Corrupt($"DECIMAL({width},{scale})");
            case TypeKind.Enum:
                var labels = ImmutableArray.CreateBuilder<string>();
                for (var left = Number(_left.Length); left > 0; left--) labels.Add(Name());
                return DataType.Enum(labels.ToImmutable());
            case TypeKind.Array:
                var length = (int)Number(int.MaxValue);
                return DataType.Array(Children(depth, 1)[0].Type, length);
            case TypeKind.List: return DataType.List(Children(depth, 1)[0].Type);
            case TypeKind.Map:
                var pair = Children(depth, 2);
                return DataType.Map(pair[0].Type, pair[1].Type);
            case TypeKind.Struct: return DataType.Struct(Fields(depth + 1));
            case TypeKind.Union: return DataType.Union(Fields(depth + 1));
            default: return DataType.Simple(kind) ?? throw BatchErrors.Corrupt($"type {(byte)kind}");
        }
    }

    private ImmutableArray<Field> Children(int depth, int count)
    {
        var fields = Fields(depth + 1);
        return fields.Length == count ? fields : throw BatchErrors.Corrupt($"{fields.Length} child types where {count} belong");
    }

    private string Name() => Encoding.UTF8.GetString(Block(Number(_left.Length)));
}
