namespace Leat.Log;

/// <summary>An assignor a member knows, with what it tells the leader (for consumers: its subscription).</summary>
internal sealed record GroupProtocol(string Name, ReadOnlyMemory<byte> Metadata);
