namespace Leat.Log;

/// <summary>The protocol wants the connection closed instead of an answer.</summary>
internal sealed class ConnectionEndException(string reason) : Exception(reason);
