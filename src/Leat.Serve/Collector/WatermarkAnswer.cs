namespace Leat.Serve.Collector;

/// <summary>Answer of <c>POST /v1/events/{topic}/watermark</c>.</summary>
internal sealed record WatermarkAnswer(string Topic, DateTimeOffset At, int Partitions, bool Duplicate);
