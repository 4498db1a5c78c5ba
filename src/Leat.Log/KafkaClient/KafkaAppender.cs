using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Sends appends, each whole in one Kafka batch. One thread fills librdkafka's queue while nothing leaves it, then lets everything leave: so a batch, which a broker stores whole or not at all,
/// always holds whole appends. A partition has one batch on its way at a time; what comes meanwhile shares the next one.</summary>
internal sealed class KafkaAppender : IAsyncDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(200);
    private readonly KafkaLogClients _clients;
    private readonly ByteBudget _budget;
    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, KafkaLane> _lanes = [];
    private readonly HashSet<KafkaLane> _ready = [];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Task _loop;
    private Rd.IProducer<byte[]?, byte[]?> _producer;
    private string? _broken;
    private int _underWay;
    private volatile bool _closing;

    public KafkaAppender(KafkaLogClients clients)
    {
        _clients = clients;
        _budget = new ByteBudget(clients.Options.InFlightBytes);
        _producer = clients.Producer();
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes the append in its turn; waits while too many bytes are under way. Its end is <see cref="KafkaAppend.Done"/>.</summary>
    public async ValueTask StartAsync(KafkaAppend append, CancellationToken ct)
    {
        var bytes = append.Batch.SizeBytes;
        await _budget.TakeAsync(bytes, ct).ConfigureAwait(false);
        _ = append.Done.ContinueWith(_ => _budget.Return(bytes), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(KafkaLog));
            if (!_lanes.TryGetValue(append.Partition, out var lane)) _lanes[append.Partition] = lane = new KafkaLane(append.Partition);
            lane.Waiting.Enqueue(append);
            if (lane.Unit is null) _ = _ready.Add(lane);
        }
        Wake();
    }

    /// <summary>Sends what was taken, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock) _closing = true;
        Wake();
        await _loop.ConfigureAwait(false);
        _producer.Dispose();
        _signal.Dispose();
    }

    private void Wake()
    {
        lock (_signal)
        {
            if (_signal.CurrentCount == 0) _ = _signal.Release();
        }
    }

    private void Run()
    {
        while (true)
        {
            foreach (var lane in TakeReady()) Send(lane);
            if (_broken is not null) Renew();
            if (_underWay > 0)
            {
                _ = _producer.Flush(Slice);
                continue;
            }
            lock (_lock)
            {
                if (_closing && _ready.Count == 0) return;
            }
            if (!_signal.Wait(IdlePoll)) _ = _producer.Poll(TimeSpan.Zero);
        }
    }

    private List<KafkaLane> TakeReady()
    {
        lock (_lock)
        {
            var lanes = _ready.ToList();
            _ready.Clear();
            foreach (var lane in lanes) lane.Unit = TakeUnit(lane);
            return lanes;
        }
    }

    private List<KafkaAppend> TakeUnit(KafkaLane lane)
    {
        var unit = new List<KafkaAppend>();
        var (bytes, records) = (0L, 0);
        while (lane.Waiting.TryPeek(out var next))
        {
            if (unit.Count > 0 && (bytes + next.Batch.SizeBytes > _clients.Options.MaxBatchBytes || records + next.Count > KafkaAppend.MostRecords)) break;
            unit.Add(lane.Waiting.Dequeue());
            bytes += next.Batch.SizeBytes;
            records += next.Count;
        }
        return unit;
    }

    private void Send(KafkaLane lane)
    {
        _underWay++;
        lane.Open = lane.Unit!.Count;
        foreach (var append in lane.Unit)
        {
            try
            {
                KafkaRecords.Send(_producer, append, report => Delivered(lane, append, report), _clients.Options.RequestTimeout);
            }
            catch (Rd.KafkaException e)
            {
                if (e.Error.IsFatal || e.Error.Code == Rd.ErrorCode.Local_Fatal) _broken = e.Error.Reason;
                End(lane, append, KafkaLogFaults.Of(e, lane.Partition.ToString()));
            }
            finally
            {
                append.Sent = true;
            }
        }
    }

    /// <summary>The last record of an append was stored, or will not be.</summary>
    private void Delivered(KafkaLane lane, KafkaAppend append, Rd.DeliveryReport<byte[]?, byte[]?> report)
    {
        var where = lane.Partition.ToString();
        if (report.Error.IsError)
        {
            if (report.Error.IsFatal || report.Error.Code == Rd.ErrorCode.Local_Fatal) _broken = report.Error.Reason;
            End(lane, append, KafkaLogFaults.Of(report.Error, where));
            return;
        }
        if (append.Count == 1) append.BaseOffset = report.Offset.Value;
        var whole = report.Offset.Value - append.BaseOffset == append.Count - 1;
        End(lane, append, whole ? null : LogErrors.KafkaRefused(where, $"the batch was not stored in one piece: it begins at {append.BaseOffset} and ends at {report.Offset.Value}, with {append.Count} records"));
    }

    private void End(KafkaLane lane, KafkaAppend append, Exception? problem)
    {
        lock (_lock)
        {
            if (--lane.Open == 0)
            {
                _underWay--;
                lane.Unit = null;
                if (lane.Waiting.Count > 0) _ = _ready.Add(lane);
                else _ = _lanes.Remove(lane.Partition);
            }
        }
        if (problem is null) append.Succeed();
        else append.Fail(problem);
    }

    /// <summary>A producer that met a fatal error sends nothing more: what is under way is reported failed, then a new one goes on.</summary>
    private void Renew()
    {
        _clients.Logger.KafkaProducerRenewed(_broken ?? "");
        while (_underWay > 0) _ = _producer.Flush(Slice);
        _producer.Dispose();
        _producer = _clients.Producer();
        _broken = null;
    }
}
