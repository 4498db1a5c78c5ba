namespace Leat.Serve.Health;

/// <summary>Answer of <c>GET /health/ready</c>.</summary>
/// <param name="Ready">All checks passed.</param>
/// <param name="Checks">Check to "ok".</param>
internal sealed record ReadyAnswer(bool Ready, IReadOnlyDictionary<string, string> Checks);
