using Leat.Streams;

namespace Leat.Serve.Health;

/// <summary>Streams are ready when no job is starting or failed.</summary>
internal sealed class StreamReadiness(IStreamRuntime? runtime = null) : IReadinessCheck
{
    public string Name => "streams";

    public ValueTask<string?> ReasonAsync(CancellationToken ct)
    {
        var waiting = (runtime?.List() ?? []).Where(j => j.State is "starting" or "failed").Select(j => j.Error is null ? $"{j.Name} is {j.State}" : $"{j.Name} is {j.State}: {j.Error}").ToArray();
        return ValueTask.FromResult(waiting.Length == 0 ? null : string.Join("; ", waiting));
    }
}
