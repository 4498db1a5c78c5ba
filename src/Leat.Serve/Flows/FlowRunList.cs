using Leat.Flows;

namespace Leat.Serve.Flows;

/// <summary>Answer of <c>GET /v1/flows/{name}/runs</c>: newest first, without tasks.</summary>
internal sealed record FlowRunList(IReadOnlyList<FlowRun> Runs);
