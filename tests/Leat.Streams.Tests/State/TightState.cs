namespace Leat.Streams.Tests.State;

/// <summary>Settings with so little memory for state, and so small state files, that a few rows go to disk and each file is replaced after a few checkpoints.</summary>
internal static class TightState
{
    /// <summary>For every second seed; null = settings as they are.</summary>
    public static Action<StreamOptions>? For(int seed) => seed % 2 == 0 ? null : options => (options.StateMemoryBytes, options.StateFileBytes, options.ScanBytes) = (1000 + (seed % 5 * 1000), 2000, 300);
}
