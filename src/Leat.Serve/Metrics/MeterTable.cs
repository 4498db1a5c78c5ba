using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Leat.Serve.Metrics;

/// <summary>Listens to every meter whose name starts with <c>Leat</c> and keeps the current value of each series.</summary>
internal sealed class MeterTable : IDisposable
{
    /// <summary>Upper bounds of histogram buckets, in seconds.</summary>
    public static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly IMeterFactory _own;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = new();

    /// <param name="own">Meters of other factories (another server in the same process) are left out; meters without factory belong to all.</param>
    public MeterTable(IMeterFactory own)
    {
        _own = own;
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => OnMeasured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => OnMeasured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => OnMeasured(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Instruments with their series (labels as Prometheus text without braces), observable ones measured now.</summary>
    public IEnumerable<(Instrument Instrument, IReadOnlyDictionary<string, Series> Series)> Read()
    {
        _listener.RecordObservableInstruments();
        return _instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal).Select(i => (i.Key, (IReadOnlyDictionary<string, Series>)i.Value));
    }

    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        var meter = instrument.Meter;
        if (!meter.Name.StartsWith("Leat", StringComparison.Ordinal)) return;
        if (meter.Scope is IMeterFactory scope && !ReferenceEquals(scope, _own)) return;
        _instruments.TryAdd(instrument, new ConcurrentDictionary<string, Series>());
        listener.EnableMeasurementEvents(instrument);
    }

    private void OnMeasured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_instruments.TryGetValue(instrument, out var all)) return;
        var series = all.GetOrAdd(Labels(tags), static (_, buckets) => new Series(buckets), IsHistogram(instrument) ? Bounds : null);
        if (instrument.IsObservable || instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal)) series.Set(value);
        else series.Add(value);
    }

    internal static bool IsHistogram(Instrument instrument) => instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(PrometheusText.Name(name)).Append("=\"").Append(PrometheusText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return text.ToString();
    }
}
