using System.Buffers;

namespace Leat.Streams.Kernels;

/// <summary>
/// Quantiles of numbers in bounded memory. Up to four times the compression values are kept as they are, so the answer is exact; more are merged into at most about the compression's number of centroids,
/// small ones at the ends and larger ones in the middle. The rank of the answer for q is then off by about 2 pi * sqrt(q (1 - q)) / compression + (pi / compression)^2 of all values where they lie densely, and by up to 2 pi / compression
/// where they repeat or jump. Measured, not proven: for values made against it there is no bound. Depends on the order of merges within that.
/// </summary>
/// <remarks>Source: Dunning, Ertl, "Computing Extremely Accurate Quantiles Using t-Digests" (2019), the merging variant with scale function k1.</remarks>
internal sealed class TDigest(int compression)
{
    private const int FirstValues = 8;
    private double[] _values = new double[FirstValues];
    private int _raw;
    private double[] _means = [];
    private double[] _weights = [];
    private int _centroids;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <summary>Memory, in bytes.</summary>
    public long SizeBytes => (_values.LongLength + _means.LongLength + _weights.LongLength) * sizeof(double);

    /// <summary>Values added.</summary>
    public long Count { get; private set; }

    /// <summary>Nothing is merged yet: answers are exact.</summary>
    public bool IsExact => _centroids == 0;

    /// <param name="value">Left out when it is not finite.</param>
    public void Add(double value)
    {
        if (!double.IsFinite(value)) return;
        if (_raw == _values.Length) MakeRoom();
        _values[_raw++] = value;
        Count++;
        if (value < _min) _min = value;
        if (value > _max) _max = value;
    }

    public void Merge(TDigest other)
    {
        for (var i = 0; i < other._raw; i++) Add(other._values[i]);
        if (other._centroids == 0) return;
        Count += other.Count - other._raw;
        (_min, _max) = (Math.Min(_min, other._min), Math.Max(_max, other._max));
        Compress(other._means.AsSpan(0, other._centroids), other._weights);
    }

    /// <summary>For each share the value below which it lies: between the two nearest ranks, as PERCENTILE_CONT of SQL; NaN without values.</summary>
    public double[] Quantiles(ReadOnlySpan<double> shares)
    {
        var found = new double[shares.Length];
        var ordered = this;
        if (_raw > 0) (ordered = Copy()).Order();
        for (var i = 0; i < found.Length; i++) found[i] = Count == 0 ? double.NaN : ordered.Of(shares[i] * (Count - 1));
        return found;
    }

    public void Clear()
    {
        if (_values.Length > 16 * FirstValues) _values = new double[FirstValues];
        (_raw, _centroids, Count, _min, _max) = (0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);
    }

    public void Write(StateWriter writer)
    {
        writer.Number(Count);
        writer.Float(_min);
        writer.Float(_max);
        writer.Number(_raw);
        for (var i = 0; i < _raw; i++) writer.Float(_values[i]);
        writer.Number(_centroids);
        for (var i = 0; i < _centroids; i++)
        {
            writer.Float(_means[i]);
            writer.Number((long)_weights[i]);
        }
    }

    /// <summary>Becomes what was written.</summary>
    public void Load(StateReader reader)
    {
        (Count, _min, _max) = (reader.Number(), reader.Float(), reader.Float());
        _raw = (int)reader.Number();
        while (_values.Length < _raw) Array.Resize(ref _values, 2 * _values.Length);
        for (var i = 0; i < _raw; i++) _values[i] = reader.Float();
        _centroids = (int)reader.Number();
        Array.Resize(ref _means, Math.Max(_means.Length, _centroids));
        Array.Resize(ref _weights, _means.Length);
        for (var i = 0; i < _centroids; i++) (_means[i], _weights[i]) = (reader.Float(), reader.Number());
    }

    private TDigest Copy() => new(compression)
    {
        Count = Count, _min = _min, _max = _max, _values = _values.AsSpan(0, Math.Max(1, _raw)).ToArray(), _raw = _raw, _means = [.. _means], _weights = [.. _weights], _centroids = _centroids,
    };

    private void Order()
    {
        if (IsExact) Array.Sort(_values, 0, _raw);
        else Compress([], []);
    }

    private double Of(double rank) => IsExact ? OfValues(rank) : OfCentroids(rank);

    private double OfValues(double rank)
    {
        var below = (int)rank;
        return below + 1 < _raw ? Between(_values[below], _values[below + 1], rank - below) : _values[below];
    }

    /// <summary>A centroid stands at the middle of the ranks of its values; the smallest and largest value at the first and last rank.</summary>
    private double OfCentroids(double rank)
    {
        if (rank <= 0) return _min;
        if (rank >= Count - 1) return _max;
        var (at, value, before) = (0.0, _min, 0.0);
        for (var i = 0; i < _centroids; i++)
        {
            var middle = before + ((_weights[i] - 1) / 2);
            if (rank <= middle && middle > at) return Between(value, _means[i], (rank - at) / (middle - at));
            (at, value) = (middle, _means[i]);
            before += _weights[i];
        }

        return Between(value, _max, (rank - at) / (Count - 1 - at));
    }

    private void MakeRoom()
    {
        if (_values.Length < 4 * compression) Array.Resize(ref _values, Math.Min(2 * _values.Length, 4 * compression));
        else Compress([], []);
    }

    /// <summary>Merges own values and centroids, and others, into centroids that are as large as their place allows.</summary>
    private void Compress(ReadOnlySpan<double> means, ReadOnlySpan<double> weights)
    {
        var count = _raw + _centroids + means.Length;
        var allMeans = ArrayPool<double>.Shared.Rent(count);
        var allWeights = ArrayPool<double>.Shared.Rent(count);
        try
        {
            _values.AsSpan(0, _raw).CopyTo(allMeans);
            allWeights.AsSpan(0, _raw).Fill(1);
            _means.AsSpan(0, _centroids).CopyTo(allMeans.AsSpan(_raw));
            _weights.AsSpan(0, _centroids).CopyTo(allWeights.AsSpan(_raw));
            means.CopyTo(allMeans.AsSpan(_raw + _centroids));
            weights[..means.Length].CopyTo(allWeights.AsSpan(_raw + _centroids));
            allMeans.AsSpan(0, count).Sort(allWeights.AsSpan(0, count));
            _raw = 0;
            Gather(allMeans.AsSpan(0, count), allWeights);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(allMeans);
            ArrayPool<double>.Shared.Return(allWeights);
        }
    }

    private void Gather(ReadOnlySpan<double> means, ReadOnlySpan<double> weights)
    {
        _centroids = 0;
        var (mean, weight, before, limit) = (means[0], weights[0], 0.0, Limit(0));
        for (var i = 1; i < means.Length; i++)
        {
            if (before + weight + weights[i] <= limit)
            {
                weight += weights[i];
                mean += (means[i] - mean) * (weights[i] / weight);
                continue;
            }

            Put(mean, weight);
            before += weight;
            limit = Limit(before);
            (mean, weight) = (means[i], weights[i]);
        }

        Put(mean, weight);
    }

    private void Put(double mean, double weight)
    {
        if (_centroids == _means.Length)
        {
            Array.Resize(ref _means, _means.Length == 0 ? compression + 2 : 2 * _means.Length);
            Array.Resize(ref _weights, _means.Length);
        }

        (_means[_centroids], _weights[_centroids]) = (mean, weight);
        _centroids++;
    }

    /// <summary>The rank up to which a centroid may reach that begins at <paramref name="rank"/>: one further on the scale k1(q) = compression / (2 pi) * asin(2q - 1).</summary>
    private double Limit(double rank)
    {
        var angle = Math.Asin((2 * Math.Min(1, rank / Count)) - 1) + (2 * Math.PI / compression);
        return angle >= Math.PI / 2 ? Count : Count * (Math.Sin(angle) + 1) / 2;
    }

    private static double Between(double a, double b, double share) => a + ((b - a) * share);
}
