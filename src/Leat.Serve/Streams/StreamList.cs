using Leat.Streams;

namespace Leat.Serve.Streams;

/// <summary>Answer of <c>GET /v1/streams</c>.</summary>
internal sealed record StreamList(IReadOnlyList<JobStatus> Streams);
