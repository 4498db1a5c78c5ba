using Leat.Core;

namespace Leat.Serve.Runs;

/// <summary>Answer of <c>GET /v1/runs</c>: newest first.</summary>
internal sealed record RunList(IReadOnlyList<RunEvent> Runs);
