namespace Leat.Log;

/// <summary>How the records of a batch are packed; the numbers are those of Kafka's batch attributes.</summary>
public enum Compression
{
    /// <summary>Not packed.</summary>
    None = 0,

    /// <summary>gzip; always there.</summary>
    Gzip = 1,

    /// <summary>snappy in xerial framing; needs the system's libsnappy.</summary>
    Snappy = 2,

    /// <summary>lz4 frames; needs the system's liblz4.</summary>
    Lz4 = 3,

    /// <summary>zstd; needs the system's libzstd.</summary>
    Zstd = 4,
}
