namespace Leat.Log.Tests;

/// <summary>A slow, plain snappy block codec, written from the format description, to compare with.</summary>
internal static class BareSnappy
{
    /// <summary>One block of literals only.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        var bytes = new List<byte>();
        for (var rest = plain.Length; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80) break;
        }
        for (; !plain.IsEmpty; plain = plain[Math.Min(plain.Length, 65_536)..])
        {
            var length = Math.Min(plain.Length, 65_536) - 1;
            bytes.AddRange([61 << 2, (byte)length, (byte)(length >> 8)]);
            bytes.AddRange(plain[..(length + 1)]);
        }
        return [.. bytes];
    }

    public static byte[] Unpack(ReadOnlySpan<byte> block)
    {
        var (at, length, shift) = (0, 0, 0);
        do
        {
            length |= (block[at] & 0x7F) << shift;
            shift += 7;
        }
        while (block[at++] >= 0x80);
        var plain = new List<byte>(length);
        while (at < block.Length)
        {
            var tag = block[at++];
            var kind = tag & 3;
            if (kind == 0)
            {
                var size = (tag >> 2) + 1;
                if (size > 60)
                {
                    var extra = size - 60;
                    size = Little(block.Slice(at, extra)) + 1;
                    at += extra;
                }
                plain.AddRange(block.Slice(at, size));
                at += size;
                continue;
            }
            var (count, distance, used) = kind switch
            {
                1 => (((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | block[at], 1),
                2 => ((tag >> 2) + 1, Little(block.Slice(at, 2)), 2),
                _ => ((tag >> 2) + 1, Little(block.Slice(at, 4)), 4),
            };
            at += used;
            for (var i = 0; i < count; i++) plain.Add(plain[^distance]);
        }
        Assert.Equal(length, plain.Count);
        return [.. plain];
    }

    /// <summary>Blocks in the framing of Kafka's Java clients.</summary>
    public static byte[] Frame(params byte[][] blocks)
    {
        var bytes = new List<byte>([0x82, .. "SNAPPY\0"u8, 0, 0, 0, 1, 0, 0, 0, 1]);
        foreach (var block in blocks) bytes.AddRange([(byte)(block.Length >> 24), (byte)(block.Length >> 16), (byte)(block.Length >> 8), (byte)block.Length, .. block]);
        return [.. bytes];
    }

    private static int Little(ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        for (var i = 0; i < bytes.Length; i++) value |= bytes[i] << (8 * i);
        return value;
    }
}
