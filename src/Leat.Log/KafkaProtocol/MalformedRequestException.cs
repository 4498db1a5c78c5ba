namespace Leat.Log;

/// <summary>Bytes that are no request of the protocol; the connection that sent them is closed and says so in the log.</summary>
internal sealed class MalformedRequestException(string message) : Exception(message);
