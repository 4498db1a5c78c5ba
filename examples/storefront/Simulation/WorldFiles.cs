namespace Storefront.Simulation;

/// <summary>NDJSON files of a simulation: <c>topic/yyyy-mm-dd.ndjson</c>, by event time.</summary>
internal sealed class WorldFiles(string folder) : IAsyncDisposable
{
    private readonly Dictionary<(string Topic, DateOnly Day), FileStream> _open = [];

    public string Folder => folder;

    public void Write(IReadOnlyList<SimulatedEvent> events)
    {
        foreach (var sent in events)
        {
            var key = (sent.Topic, DateOnly.FromDateTime(sent.At));
            if (!_open.TryGetValue(key, out var file)) _open.Add(key, file = Open(key.Topic, key.Item2));
            file.Write(sent.Json);
            file.WriteByte((byte)'\n');
        }
    }

    private FileStream Open(string topic, DateOnly day)
    {
        var directory = Path.Combine(folder, topic);
        Directory.CreateDirectory(directory);
        return new FileStream(Path.Combine(directory, $"{day:yyyy-MM-dd}.ndjson"), FileMode.Create, FileAccess.Write, FileShare.Read, 256 * 1024);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values) await file.DisposeAsync();
    }
}
