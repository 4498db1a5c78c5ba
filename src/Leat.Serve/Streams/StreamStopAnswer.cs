using Leat.Streams;

namespace Leat.Serve.Streams;

/// <summary>Answer of <c>POST /v1/streams/{name}/stop</c>.</summary>
internal sealed record StreamStopAnswer(JobStatus Job, Savepoint? Savepoint);
