using System.Text;

namespace Leat.Log.Tests;

/// <summary>A batch as a Kafka client sends it.</summary>
internal sealed record ClientBatch(params (string? Key, string? Value)[] Records)
{
    public long ProducerId { get; init; } = -1;

    public short Epoch { get; init; } = -1;

    public int Sequence { get; init; } = -1;

    public bool Transactional { get; init; }

    public Compression Compression { get; init; }

    public long TimeMs { get; init; } = 1;

    public static ClientBatch Of(params string[] values) => new([.. values.Select(v => ((string?)null, (string?)v))]);

    /// <summary>The bytes.</summary>
    public byte[] Encode()
    {
        var builder = new RecordBatchBuilder();
        foreach (var (key, value) in Records)
        {
            var keyBytes = Encoding.UTF8.GetBytes(key ?? "");
            if (value is null) builder.AddTombstone(TimeMs, keyBytes, []);
            else builder.Add(TimeMs, keyBytes, Encoding.UTF8.GetBytes(value));
        }
        var bytes = builder.BeginAppend(null).First.ToArray();
        var header = BatchHeader.Read(bytes) with
        {
            ProducerId = ProducerId,
            ProducerEpoch = Epoch,
            BaseSequence = Sequence,
            Attributes = Transactional ? BatchHeader.TransactionalBit : (short)0,
        };
        Rewrite(bytes, header);
        if (Compression == Compression.None) return bytes;
        Assert.True(Codecs.TryGet(Compression, out var codec), $"install {Codecs.PackageOf(Compression)}");
        return BatchPacking.Pack(bytes, Compression, codec);
    }

    /// <summary>Another header and a right checksum.</summary>
    public static byte[] Rewrite(byte[] bytes, BatchHeader header)
    {
        header.Write(bytes);
        BatchHeader.WriteCrc(bytes, default);
        return bytes;
    }
}
