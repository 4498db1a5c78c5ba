namespace Leat.Serve.Problems;

/// <summary>An error as the client sees it (RFC 9457).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable Leat code.</param>
/// <param name="What">What happened.</param>
/// <param name="Where">Where: header, parameter, topic, statement position.</param>
/// <param name="Fix">What to do.</param>
/// <param name="RetryAfterSeconds">When the same request may succeed; null = never.</param>
internal sealed record Problem(int Status, string Code, string What, string Where, string Fix, int? RetryAfterSeconds = null);
