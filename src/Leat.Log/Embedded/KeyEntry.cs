using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Leat.Log;

/// <summary>An idempotency key and what was stored under it.</summary>
/// <param name="Key">First half of the key's SHA-256.</param>
/// <param name="BaseOffset">First record of its batch.</param>
/// <param name="Count">Records of its batch.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct KeyEntry(UInt128 Key, long BaseOffset, long Count)
{
    public const int MaxLength = 512;

    public static UInt128 HashOf(string key) => HashOf(Encoding.UTF8.GetBytes(key));

    public static UInt128 HashOf(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(utf8, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
