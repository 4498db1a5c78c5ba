namespace Leat.Log;

/// <summary>What all connections of a port share.</summary>
/// <param name="Port">The port's surroundings.</param>
/// <param name="Handlers">Who answers what.</param>
/// <param name="InFlight">Bytes of requests under way.</param>
/// <param name="Stopping">No further request is taken.</param>
internal sealed record ConnectionParts(KafkaPortParts Port, KafkaHandlers Handlers, ByteBudget InFlight, CancellationToken Stopping);
