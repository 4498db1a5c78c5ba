namespace Leat.Serve.Collector;

/// <summary>Body of <c>POST /v1/events/{topic}/watermark</c>.</summary>
/// <param name="At">No event before this time follows.</param>
internal sealed record WatermarkQuestion(DateTimeOffset? At);
