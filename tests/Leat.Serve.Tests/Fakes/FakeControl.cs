using Leat.Core;
using Leat.Streams;

namespace Leat.Serve.Tests.Fakes;

/// <summary>Notes what is asked of it.</summary>
internal sealed class FakeControl : IStreamControl
{
    public List<string> Asked { get; } = [];

    public Task<JobStatus> StopAsync(string job, CancellationToken ct) => Note($"stop {job}", FakeRuntime.Job(job, "stopped"));

    public Task<Savepoint> SaveAsync(string job, string? folder, CancellationToken ct) => Note($"save {job} {folder}", new Savepoint(job, folder ?? "/somewhere", 17, 4711));

    public Task<JobStatus> StartAsync(string job, StreamStart how, CancellationToken ct) => how.FromSavepoint?.EndsWith("missing", StringComparison.Ordinal) == true
        ? throw new LeatException("LEAT2136", "is no savepoint", "savepoint", "name another")
        : Note($"start {job} {how.FromSavepoint} {how.AllowDroppedState}", FakeRuntime.Job(job, "running"));

    public Task<JobReset> ResetAsync(string job, CancellationToken ct) => Note($"reset {job}", new JobReset(job, 17, ["t"], [], "running"));

    private Task<T> Note<T>(string asked, T answer)
    {
        Asked.Add(asked);
        return Task.FromResult(answer);
    }
}
