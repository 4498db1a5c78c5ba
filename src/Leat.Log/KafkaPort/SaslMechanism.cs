using System.Security.Cryptography;

namespace Leat.Log;

/// <summary>Ways to log in.</summary>
internal static class SaslMechanism
{
    public const string Plain = "PLAIN";

    public const string ScramSha256 = "SCRAM-SHA-256";

    public const string ScramSha512 = "SCRAM-SHA-512";

    public static IReadOnlyList<string> All { get; } = [Plain, ScramSha256, ScramSha512];

    /// <summary>Hash of a SCRAM mechanism.</summary>
    public static HashAlgorithmName HashOf(string mechanism) => mechanism == ScramSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
}
