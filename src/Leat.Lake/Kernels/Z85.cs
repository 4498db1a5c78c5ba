namespace Leat.Lake.Kernels;

/// <summary>Z85 text: four bytes, most significant first, as five characters.</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>The bytes of the text.</summary>
    /// <exception cref="FormatException">A character or the length is not of Z85.</exception>
    public static byte[] Decode(string text)
    {
        if (text.Length % 5 != 0) throw new FormatException($"Z85 text of {text.Length} characters; the length must be a multiple of 5");
        var bytes = new byte[text.Length / 5 * 4];
        for (var group = 0; group < text.Length / 5; group++)
        {
            var value = 0UL;
            for (var i = 0; i < 5; i++)
            {
                var digit = Alphabet.IndexOf(text[(group * 5) + i], StringComparison.Ordinal);
                if (digit < 0) throw new FormatException($"'{text[(group * 5) + i]}' is no character of Z85");
                value = (value * 85) + (ulong)digit;
            }
            if (value > uint.MaxValue) throw new FormatException("a group of Z85 text is out of range");
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(group * 4), (uint)value);
        }
        return bytes;
    }
}
