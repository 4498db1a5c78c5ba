using System.Security.Cryptography;
using System.Text;

namespace Leat.Log;

/// <summary>What a SCRAM server knows of a password.</summary>
/// <remarks>Source: RFC 5802, section 3.</remarks>
internal sealed record ScramCredential(byte[] Salt, byte[] StoredKey, byte[] ServerKey)
{
    public const int Iterations = 4096;

    public static ScramCredential Make(string password, byte[] salt, HashAlgorithmName hash)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, hash, SizeOf(hash));
        return new ScramCredential(salt, Hash(hash, Hmac(hash, salted, "Client Key")), Hmac(hash, salted, "Server Key"));
    }

    public static byte[] Hmac(HashAlgorithmName hash, byte[] key, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return hash == HashAlgorithmName.SHA256 ? HMACSHA256.HashData(key, bytes) : HMACSHA512.HashData(key, bytes);
    }

    public static byte[] Hash(HashAlgorithmName hash, byte[] bytes) => hash == HashAlgorithmName.SHA256 ? SHA256.HashData(bytes) : SHA512.HashData(bytes);

    private static int SizeOf(HashAlgorithmName hash) => hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes;
}
