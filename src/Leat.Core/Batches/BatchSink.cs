using System.Buffers;
using System.Text;

namespace Leat.Core;

/// <summary>Writes the parts of a stored batch.</summary>
internal readonly struct BatchSink(ArrayBufferWriter<byte> writer)
{
    /// <summary>The next <paramref name="length"/> bytes, for the caller to fill at once.</summary>
    public Span<byte> Block(int length)
    {
        var block = writer.GetSpan(length)[..length];
        writer.Advance(length);
        return block;
    }

    public void Byte(byte value) => Block(1)[0] = value;

    /// <summary>Seven bits a byte, low first.</summary>
    public void Number(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var length = 0;
        for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        bytes[..length].CopyTo(Block(length));
    }

    public void Schema(Schema schema) => Fields(schema);

    private void Fields(IReadOnlyCollection<Field> fields)
    {
        Number((ulong)fields.Count);
        foreach (var field in fields)
        {
            Name(field.Name);
            Byte(field.Nullable ? (byte)1 : (byte)0);
            Type(field.Type);
        }
    }

    private void Type(DataType type)
    {
        Byte((byte)type.Kind);
        switch (type.Kind)
        {
            case TypeKind.Decimal:
                Byte(type.Width);
                Byte(type.Scale);
                break;
            case TypeKind.Enum:
                Number((ulong)type.Labels.Length);
                foreach (var label in type.Labels) Name(label);
                break;
            case TypeKind.Array:
                Number((ulong)type.Length);
                Fields(type.Children);
                break;
            case TypeKind.List or TypeKind.Map or TypeKind.Struct or TypeKind.Union:
                Fields(type.Children);
                break;
            default:
                break;
        }
    }

    private void Name(string name)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(name));
        Encoding.UTF8.GetBytes(name, Block(Encoding.UTF8.GetByteCount(name)));
    }
}
