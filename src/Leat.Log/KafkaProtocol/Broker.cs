namespace Leat.Log;

/// <summary>The one broker, as clients are told to reach it.</summary>
internal sealed record Broker(int Id, string Host, int Port);
