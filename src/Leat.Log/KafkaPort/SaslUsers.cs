using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Leat.Core;

namespace Leat.Log;

/// <summary>Who may log in. Passwords are in memory only. Thread-safe.</summary>
internal sealed class SaslUsers(IReadOnlyDictionary<string, string> passwords)
{
    private const int SaltBytes = 24;
    private readonly ConcurrentDictionary<(string User, string Mechanism), ScramCredential> _credentials = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Resolves the passwords; null when no user is configured.</summary>
    /// <exception cref="LeatException">LEAT1021, LEAT1022 a password's reference cannot be resolved.</exception>
    public static SaslUsers? From(KafkaPortOptions options, ISecrets secrets) => options.KafkaUsers.Count == 0
        ? null
        : new SaslUsers(options.KafkaUsers.ToDictionary(u => u.Name, u => secrets.Resolve(u.Password), StringComparer.Ordinal));

    /// <summary>Whether that is the user's password; takes as long for a wrong one and for an unknown user.</summary>
    public bool Check(string user, string password)
    {
        var known = passwords.TryGetValue(user, out var expected);
        var equal = CryptographicOperations.FixedTimeEquals(Digest(expected ?? ""), Digest(password));
        return known && equal;
    }

    /// <summary>The user's credential. An unknown user gets one that no password fits, always with the same salt, so that names cannot be found out.</summary>
    public ScramCredential Credential(string user, string mechanism)
    {
        var hash = SaslMechanism.HashOf(mechanism);
        if (!passwords.TryGetValue(user, out var password))
        {
            var salt = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{mechanism}:{user}"))[..SaltBytes];
            var key = RandomNumberGenerator.GetBytes(ScramCredential.Hash(hash, salt).Length);
            return new ScramCredential(salt, key, key);
        }
        return _credentials.GetOrAdd((user, mechanism), _ => ScramCredential.Make(password, RandomNumberGenerator.GetBytes(SaltBytes), hash));
    }

    private byte[] Digest(string text) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text));
}
