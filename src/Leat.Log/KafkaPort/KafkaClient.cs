namespace Leat.Log;

/// <summary>Who is at the other end of a connection.</summary>
/// <param name="Connection">Number of the connection, rising with each new one.</param>
/// <param name="Host">Its address.</param>
internal sealed record KafkaClient(long Connection, string Host);
