namespace Leat.Serve.Collector;

/// <summary>Answer of <c>GET /v1/events</c>.</summary>
internal sealed record CollectorFigures(IReadOnlyList<TopicFigures> Topics);
