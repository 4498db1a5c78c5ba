using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Leat.Serve.Metrics;

/// <summary>Prometheus text exposition format 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Starts a metric; its samples follow.</summary>
    public void Metric(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    public void Instrument(Instrument instrument, IReadOnlyDictionary<string, Series> all)
    {
        if (MeterTable.IsHistogram(instrument))
        {
            Histogram(instrument, all);
            return;
        }
        var isCounter = instrument.GetType().Name is var kind && (kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal));
        var name = Name(instrument.Name) + (isCounter ? "_total" : "");
        Metric(name, isCounter ? "counter" : "gauge", instrument.Description ?? instrument.Name);
        foreach (var (labels, series) in all) Sample(name, labels, series.Read().Sum);
    }

    public override string ToString() => _text.ToString();

    /// <summary>Name with every character that Prometheus does not take replaced by _.</summary>
    public static string Name(string name) => string.Create(name.Length, name, static (target, source) =>
    {
        for (var i = 0; i < target.Length; i++) target[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] == '_' ? source[i] : '_';
    });

    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Histogram(Instrument instrument, IReadOnlyDictionary<string, Series> all)
    {
        var name = Name(instrument.Name);
        Metric(name, "histogram", instrument.Description ?? instrument.Name);
        foreach (var (labels, series) in all)
        {
            var (sum, count, buckets) = series.Read();
            var prefix = labels.Length == 0 ? "" : labels + ",";
            var cumulated = 0L;
            for (var i = 0; i < MeterTable.Bounds.Length; i++)
            {
                cumulated += buckets[i];
                Sample($"{name}_bucket", $"{prefix}le=\"{Number(MeterTable.Bounds[i])}\"", cumulated);
            }
            Sample($"{name}_bucket", $"{prefix}le=\"+Inf\"", count);
            Sample($"{name}_sum", labels, sum);
            Sample($"{name}_count", labels, count);
        }
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
