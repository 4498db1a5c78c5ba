using Leat.Log;

namespace Leat.Serve.Health;

/// <summary>The log is ready when it lists its topics.</summary>
internal sealed class LogReadiness(IEventLog? log = null) : IReadinessCheck
{
    public string Name => "log";

    public async ValueTask<string?> ReasonAsync(CancellationToken ct)
    {
        if (log is not null) await log.ListTopicsAsync(ct).ConfigureAwait(false);
        return null;
    }
}
