using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>The codecs that this machine has.</summary>
internal static class Codecs
{
    private static readonly GzipCodec Gzip = new();
    private static readonly Lazy<ICodec?> Snappy = Load<SnappyCodec>(SnappyCodec.Library);
    private static readonly Lazy<ICodec?> Lz4 = Load<Lz4Codec>(Lz4Codec.Library);
    private static readonly Lazy<ICodec?> Zstd = Load<ZstdCodec>(ZstdCodec.Library);

    /// <summary>The codec; false when its library is not there or the number is not one of Kafka's. <see cref="Compression.None"/> has none.</summary>
    public static bool TryGet(Compression compression, [NotNullWhen(true)] out ICodec? codec)
    {
        codec = compression switch
        {
            Compression.Gzip => Gzip,
            Compression.Snappy => Snappy.Value,
            Compression.Lz4 => Lz4.Value,
            Compression.Zstd => Zstd.Value,
            _ => null,
        };
        return codec is not null;
    }

    /// <summary>Debian's package of the codec's library; null for codecs that need none.</summary>
    public static string? PackageOf(Compression compression) => compression switch
    {
        Compression.Snappy => "libsnappy1v5",
        Compression.Lz4 => "liblz4-1",
        Compression.Zstd => "libzstd1",
        _ => null,
    };

    private static Lazy<ICodec?> Load<T>(string library)
        where T : ICodec, new() => new(() => NativeLibrary.TryLoad(library, out _) ? new T() : null);
}
