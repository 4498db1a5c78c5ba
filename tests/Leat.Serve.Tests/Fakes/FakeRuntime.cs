using Leat.Streams;

namespace Leat.Serve.Tests.Fakes;

internal sealed class FakeRuntime(params JobStatus[] jobs) : IStreamRuntime
{
    public static JobStatus Job(string name, string state, string? error = null) =>
        new(name, state, error, 1200, 250.5, 3, 2, 0, new DateTime(2011, 12, 9, 12, 50, 0, DateTimeKind.Utc), 17, 12.5, 4.5, 20);

    public IReadOnlyList<JobStatus> List() => jobs;

    public Task DrainAsync(CancellationToken ct) => Task.CompletedTask;
}
