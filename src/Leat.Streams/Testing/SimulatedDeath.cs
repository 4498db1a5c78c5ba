namespace Leat.Streams.Testing;

/// <summary>Thrown inside a job where a test lets its process die.</summary>
internal sealed class SimulatedDeath(CheckpointStep step) : Exception($"the process dies at {step}");
