namespace Leat.Streams.Anomalies;

/// <summary>Exponentially weighted mean and variance, incrementally (T. Finch, Incremental calculation of weighted mean and variance, 2009, section 9).</summary>
internal sealed class ScoreFunction<TKey, T> : KeyedProcess<TKey, T, Scored<TKey, T>>
{
    private readonly ScoreSettings<T> _settings;
    private readonly ValueState<(long Count, double Mean, double Variance)> _seen;

    public ScoreFunction(ScoreSettings<T> settings)
    {
        _settings = settings;
        _seen = Value<(long Count, double Mean, double Variance)>("seen");
    }

    protected internal override void Process(T row)
    {
        var value = _settings.Value(row);
        var (count, mean, variance) = _seen.Value;
        var deviation = Math.Sqrt(variance);
        var score = count < _settings.WarmUp || value == mean ? 0 : (value - mean) / deviation;
        if (Math.Abs(score) >= _settings.Least) Emit(new Scored<TKey, T>(Key, row, value, mean, deviation, score));
        var change = value - mean;
        var weight = count == 0 ? 1 : _settings.Weight;
        _seen.Value = (count + 1, mean + (weight * change), (1 - weight) * (variance + (weight * change * change)));
    }
}
