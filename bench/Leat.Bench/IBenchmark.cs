namespace Leat.Bench;

/// <summary>One benchmark with its peers in the same run.</summary>
public interface IBenchmark
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures and checks its own answer against an independent computation.</summary>
    /// <param name="quick">At most 60 s, smaller inputs.</param>
    /// <param name="progress">Takes a line for people now and then.</param>
    /// <param name="ct">Stops between runs.</param>
    Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct);
}
