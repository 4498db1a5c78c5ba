namespace Leat.Serve.Health;

/// <summary>A part that must be up before the platform calls itself ready. Register as singletons, any number.</summary>
public interface IReadinessCheck
{
    /// <summary>What is checked: "log", "streams".</summary>
    string Name { get; }

    /// <summary>Why it is not ready, in words; null when it is. Quick: called for every probe.</summary>
    ValueTask<string?> ReasonAsync(CancellationToken ct);
}
