namespace Leat.Serve.Flows;

/// <summary>A task of a flow in <c>GET /v1/flows</c>.</summary>
internal sealed record FlowTaskAnswer(string Name, string Kind, IReadOnlyList<string> After);
