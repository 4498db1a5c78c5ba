namespace Leat.Lake;

/// <summary>Settings of the lake.</summary>
public sealed class LakeOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Leat:Lake";

    /// <summary>Size at which a new data file is begun, 1 MB to 4 GB. Default 128 MB. Partitioned writes make one file a partition and commit.</summary>
    public long TargetFileBytes { get; set; } = 128L << 20;

    /// <summary>Compression of data files: zstd, snappy or uncompressed. Default zstd.</summary>
    public string Compression { get; set; } = "zstd";
}
