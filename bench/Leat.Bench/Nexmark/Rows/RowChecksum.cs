using System.Globalization;
using System.Runtime.CompilerServices;

namespace Leat.Bench.Nexmark;

/// <summary>A multiset of rows as their count and the sum of their hashes, modulo 2^128: the same whatever the order. It looks at every field of every row, so it is also the sink of a timed run.</summary>
internal struct RowChecksum : IEquatable<RowChecksum>
{
    private UInt128 _sum;

    /// <summary>Rows added.</summary>
    public long Rows { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TRow>(in TRow row)
        where TRow : struct, INexmarkRow<TRow>
    {
        _sum += Hash(row);
        Rows++;
    }

    /// <summary>Takes a row back, as if it had never been added: what an updating query retracts.</summary>
    public void Remove<TRow>(in TRow row)
        where TRow : struct, INexmarkRow<TRow>
    {
        _sum -= Hash(row);
        Rows--;
    }

    /// <summary>Adds the rows of another part of the same answer.</summary>
    public void Add(in RowChecksum other)
    {
        _sum += other._sum;
        Rows += other.Rows;
    }

    public readonly bool Equals(RowChecksum other) => Rows == other.Rows && _sum == other._sum;

    public override readonly bool Equals(object? obj) => obj is RowChecksum other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Rows, _sum);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} rows, {_sum:x32}");

    public static bool operator ==(RowChecksum left, RowChecksum right) => left.Equals(right);

    public static bool operator !=(RowChecksum left, RowChecksum right) => !left.Equals(right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 Hash<TRow>(in TRow row)
        where TRow : struct, INexmarkRow<TRow>
    {
        var hash = new RowHash();
        row.AddTo(ref hash);
        var (low, high) = hash.End();
        return new UInt128(high, low);
    }
}
