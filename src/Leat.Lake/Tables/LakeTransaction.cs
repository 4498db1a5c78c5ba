namespace Leat.Lake;

/// <summary>Delta's idempotency mark: the highest <paramref name="Version"/> committed for an application.</summary>
/// <param name="AppId">Application: job and incarnation, so that a reset job is not taken for a replay.</param>
/// <param name="Version">Grows with each commit of the application.</param>
public sealed record LakeTransaction(string AppId, long Version);
