using System.Security.Cryptography;
using System.Text;

namespace Leat.Log;

/// <summary>The server's side of one SCRAM login: two messages from the client, two back.</summary>
/// <remarks>Source: RFC 5802, section 5; channel binding is not offered. Extensions (tokens) are refused.</remarks>
internal sealed class ScramExchange(SaslUsers users, string mechanism)
{
    private const string NoBinding = "biws"; // "n,," in base64
    private ScramCredential? _credential;
    private string _nonce = "";
    private string _messages = "";

    /// <summary>Who wants to log in; empty before the first message.</summary>
    public string User { get; private set; } = "";

    /// <summary>Takes the client's first message; null when it is none.</summary>
    public byte[]? Begin(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        if (!text.StartsWith("n,", StringComparison.Ordinal) || text.IndexOf(',', 2) is not (> 0 and var headerEnd)) return null;
        var bare = text[(headerEnd + 1)..];
        var fields = bare.Split(',');
        if (fields.Length != 2 || !fields[0].StartsWith("n=", StringComparison.Ordinal) || !fields[1].StartsWith("r=", StringComparison.Ordinal) || fields[1].Length < 3) return null;
        User = fields[0][2..].Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        _credential = users.Credential(User, mechanism);
        _nonce = fields[1][2..] + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var answer = $"r={_nonce},s={Convert.ToBase64String(_credential.Salt)},i={ScramCredential.Iterations}";
        _messages = $"{bare},{answer}";
        return Encoding.UTF8.GetBytes(answer);
    }

    /// <summary>Takes the client's proof; null when it is wrong, else the server's signature.</summary>
    public byte[]? Finish(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        var proofAt = text.LastIndexOf(",p=", StringComparison.Ordinal);
        // librdkafka before 2.1 sends its own part of the nonce twice; Kafka's brokers, too, look at the end only. The whole text is signed in any case.
        if (_credential is null || proofAt < 0 || !text.StartsWith($"c={NoBinding},r=", StringComparison.Ordinal) || !text[..proofAt].EndsWith(_nonce, StringComparison.Ordinal)) return null;
        var hash = SaslMechanism.HashOf(mechanism);
        var proof = new byte[_credential.StoredKey.Length];
        if (!Convert.TryFromBase64String(text[(proofAt + 3)..], proof, out var length) || length != proof.Length) return null;
        var signed = $"{_messages},{text[..proofAt]}";
        var signature = ScramCredential.Hmac(hash, _credential.StoredKey, signed);
        for (var i = 0; i < proof.Length; i++) proof[i] ^= signature[i];
        if (!CryptographicOperations.FixedTimeEquals(ScramCredential.Hash(hash, proof), _credential.StoredKey)) return null;
        return Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(ScramCredential.Hmac(hash, _credential.ServerKey, signed)));
    }
}
