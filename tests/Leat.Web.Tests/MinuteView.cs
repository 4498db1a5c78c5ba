using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Leat.Core;
using Leat.Streams.Views;

namespace Leat.Web.Tests;

/// <summary>The view "revenue_per_minute" with rows that a test sets and frames that it pushes.</summary>
internal sealed class MinuteView : IView, IViewStore
{
    public static readonly DateTime Start = new(2010, 12, 1, 8, 26, 0, DateTimeKind.Utc);

    private readonly Channel<ViewFrame> _frames = Channel.CreateUnbounded<ViewFrame>();
    private long _sequence;

    public string Name => "revenue_per_minute";

    public Schema Schema { get; } = Schema.Of(
        ("window_start", DataType.Timestamp), ("window_end", DataType.Timestamp), ("revenue", DataType.Decimal(18, 3)), ("orders", DataType.Int64), ("lines", DataType.Int64));

    public int KeyColumns => 0;

    public bool IsWindowed => true;

    public long CheckpointId => 3;

    public IReadOnlyList<IView> List() => [this];

    public IView? Find(string name) => name == Name ? this : null;

    public ViewAnswer Query(ViewQuery query) => new(query.Consistency, CheckpointId, Start, [Minute(0, 139.125m, 7)]);

    public IEnumerable<Batch> Scan(ViewConsistency consistency) => [];

    public IAsyncEnumerable<ViewFrame> SubscribeAsync(ViewConsistency consistency, TimeSpan interval, CancellationToken ct) => _frames.Reader.ReadAllAsync(ct);

    /// <summary>Pushes one changed minute.</summary>
    public void Push(int minute, decimal revenue, long orders) =>
        _frames.Writer.TryWrite(new ViewFrame(++_sequence, ViewConsistency.Fresh, CheckpointId, Start.AddMinutes(minute), 4.5, [Minute(minute, revenue, orders)]));

    private static ImmutableArray<object?> Minute(int minute, decimal revenue, long orders) =>
        [Start.AddMinutes(minute), Start.AddMinutes(minute + 1), revenue, orders, orders * 3];
}
