using System.Diagnostics;
using System.Globalization;
using System.Text;
using Leat.Log;

namespace Leat.Streams.Tests;

/// <summary>Clicks at a fixed rate, whatever becomes of them: what is due is appended every few milliseconds.</summary>
internal sealed class ClickLoad(IEventLog log, int perSecond) : IDisposable
{
    public const int Partitions = 2;
    private const int Users = 20_000;
    private const int StepMs = 5;
    private const int TimeAt = 22;
    private static readonly byte[] Template = Encoding.UTF8.GetBytes("""{"campaign":"c","at":"0000-00-00T00:00:00.000Z","cost":1,"user":"user-00000"}""");
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _event = [.. Template];
    private long _sent;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Sends until it is stopped.</summary>
    public async Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var builder = new RecordBatchBuilder();
        for (long step = 0; !_stop.IsCancellationRequested; step++)
        {
            while (clock.ElapsedMilliseconds < step * StepMs) await Task.Delay(1);
            var due = (long)(clock.Elapsed.TotalSeconds * perSecond) - _sent;
            await SendAsync(builder, (int)(step % Partitions), (int)Math.Min(due, perSecond / 10));
        }
    }

    public void Stop() => _stop.Cancel();

    /// <summary>Nothing follows.</summary>
    public async Task EndAsync()
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            var batch = new RecordBatchBuilder();
            batch.AddTombstone(0, default, [new(WellKnownHeaders.Watermark, DateTimeOffset.Parse("2100-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))]);
            await log.AppendAsync(new TopicPartition(SecondCounts.Topic, partition), batch, null, default);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task SendAsync(RecordBatchBuilder builder, int partition, int count)
    {
        if (count <= 0) return;
        var now = TimeProvider.System.GetUtcNow();
        Encoding.UTF8.GetBytes(now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture), _event.AsSpan(TimeAt));
        builder.Clear();
        for (var i = 0; i < count; i++)
        {
            var user = (int)((_sent + i) % Users);
            for (var digit = 0; digit < 5; digit++, user /= 10) _event[^(3 + digit)] = (byte)('0' + (user % 10));
            builder.Add(now.ToUnixTimeMilliseconds(), default, _event);
        }

        await log.AppendAsync(new TopicPartition(SecondCounts.Topic, partition), builder, null, default);
        Interlocked.Add(ref _sent, count);
    }
}
