namespace Leat.Streams.Inspection;

/// <summary>Durations and sizes of a run's last checkpoints. Written by the coordinator, read by all.</summary>
internal sealed class CheckpointTimes
{
    private const int Most = 32;
    private readonly Queue<double> _lastMs = new();
    private volatile CheckpointFigures _figures = new(0, 0, 0, 0);

    public CheckpointFigures Figures => _figures;

    /// <param name="took">From asking to commit.</param>
    /// <param name="lastBytes">State written.</param>
    /// <param name="stateBytes">State file as a whole.</param>
    public void Add(TimeSpan took, long lastBytes, long stateBytes)
    {
        _lastMs.Enqueue(took.TotalMilliseconds);
        if (_lastMs.Count > Most) _lastMs.Dequeue();
        _figures = new CheckpointFigures(took.TotalMilliseconds, _lastMs.Max(), lastBytes, stateBytes);
    }
}
