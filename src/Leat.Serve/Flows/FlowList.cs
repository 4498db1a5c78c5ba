namespace Leat.Serve.Flows;

/// <summary>Answer of <c>GET /v1/flows</c>.</summary>
internal sealed record FlowList(IReadOnlyList<FlowAnswer> Flows);
