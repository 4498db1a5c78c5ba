using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Leat.Core;
using Leat.Streams.Views;

namespace Leat.Serve.Tests.Fakes;

/// <summary>A view whose rows a test sets and whose frames it pushes.</summary>
internal sealed class FakeView(string name, Schema schema) : IView
{
    private readonly Channel<ViewFrame> _frames = Channel.CreateUnbounded<ViewFrame>();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public Schema Schema => schema;

    public int KeyColumns => 1;

    public bool IsWindowed => true;

    public long CheckpointId => 7;

    public ViewQuery? Asked { get; private set; }

    public ImmutableArray<ImmutableArray<object?>> Rows { get; set; } = [];

    /// <summary>Completes when the subscriber has gone.</summary>
    public Task Left => _left.Task;

    public void Push(ViewFrame frame) => _frames.Writer.TryWrite(frame);

    public ViewAnswer Query(ViewQuery query)
    {
        Asked = query;
        return new ViewAnswer(query.Consistency, 7, new DateTime(2011, 12, 9, 12, 50, 0, DateTimeKind.Utc), Rows);
    }

    public IEnumerable<Batch> Scan(ViewConsistency consistency) => [];

    public async IAsyncEnumerable<ViewFrame> SubscribeAsync(ViewConsistency consistency, TimeSpan interval, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(ct)) yield return frame;
        }
        finally
        {
            _left.TrySetResult();
        }
    }
}
