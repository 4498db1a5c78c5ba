using System.Text;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>The login of one connection. Used by the answering loop only; <see cref="IsDone"/> and <see cref="WantsRawToken"/> may be read by the receiving one.</summary>
internal sealed class SaslSession(SaslUsers? users, KafkaClient client, ILogger logger)
{
    private const string WrongLogin = "the user is not known or the password is wrong";
    private ScramExchange? _scram;
    private string? _mechanism;
    private volatile bool _done = users is null;
    private volatile bool _raw;
    private bool _failed;

    /// <summary>Whether other requests are answered.</summary>
    public bool IsDone => _done;

    /// <summary>After a handshake of version 0 the messages of the mechanism come without request header.</summary>
    public bool WantsRawToken => _raw && !_done;

    /// <summary>SaslHandshake: the client chooses a mechanism.</summary>
    public KafkaError Choose(string mechanism, short version)
    {
        if (users is null || _done || _failed || _mechanism is not null) return KafkaError.IllegalSaslState;
        if (!SaslMechanism.All.Contains(mechanism)) return KafkaError.UnsupportedSaslMechanism;
        _mechanism = mechanism;
        _scram = mechanism == SaslMechanism.Plain ? null : new ScramExchange(users, mechanism);
        _raw = version == 0;
        return KafkaError.None;
    }

    /// <summary>A message of the mechanism.</summary>
    /// <returns>Error and what is wrong, or the mechanism's answer.</returns>
    public (KafkaError Error, string? Message, byte[] Answer) Authenticate(ReadOnlySpan<byte> token)
    {
        if (users is null || _done || _failed || _mechanism is null) return (KafkaError.IllegalSaslState, "a login begins with SaslHandshake", []);
        if (_scram is null) return CheckPlain(token);
        if (_scram.User.Length == 0) return _scram.Begin(token) is { } first ? (KafkaError.None, null, first) : Fail(_scram.User);
        if (_scram.Finish(token) is not { } last) return Fail(_scram.User);
        _done = true;
        return (KafkaError.None, null, last);
    }

    private (KafkaError Error, string? Message, byte[] Answer) CheckPlain(ReadOnlySpan<byte> token)
    {
        var parts = Encoding.UTF8.GetString(token).Split('\0');
        if (parts.Length != 3 || !users!.Check(parts[1], parts[2]) || (parts[0].Length > 0 && parts[0] != parts[1])) return Fail(parts.Length == 3 ? parts[1] : "");
        _done = true;
        return (KafkaError.None, null, []);
    }

    private (KafkaError Error, string? Message, byte[] Answer) Fail(string user)
    {
        _failed = true; // one attempt a connection, so that guessing costs a connection each time
        logger.LoginFailed(client.Host, user, _mechanism!);
        return (KafkaError.SaslAuthenticationFailed, WrongLogin, []);
    }
}
