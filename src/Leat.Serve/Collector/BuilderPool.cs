using System.Collections.Concurrent;
using Leat.Log;

namespace Leat.Serve.Collector;

/// <summary>Record batch builders to use again; keeps few and no large ones, so that a burst does not hold memory for ever.</summary>
internal sealed class BuilderPool
{
    private const int MostKept = 32;
    private const int LargestKept = 4 << 20;

    private readonly ConcurrentBag<RecordBatchBuilder> _free = [];

    public RecordBatchBuilder Rent() => _free.TryTake(out var builder) ? builder : new RecordBatchBuilder();

    public void Return(RecordBatchBuilder builder)
    {
        if (builder.SizeBytes > LargestKept || _free.Count >= MostKept) return;
        builder.Clear();
        _free.Add(builder);
    }
}
