using System.Numerics;

namespace Leat.Streams.Kernels;

/// <summary>
/// Estimates how many distinct hashes were added. Few are kept as they are, to 25 bits of index (nearly exact); more as 2^precision registers of one byte, standard error 1.04 / sqrt(2^precision).
/// What it holds is a function of the set of hashes alone, whatever the order of additions and merges.
/// </summary>
/// <remarks>
/// Sources: Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog" (2007); sparse form after Heule, Nunkesser, Hall, "HyperLogLog in Practice" (2013);
/// estimator without correction tables after Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), section 2.
/// </remarks>
internal sealed class HyperLogLog(int precision)
{
    private const int FineBits = 25;
    private const int RankBits = 6;
    private const int RestBits = 64 - FineBits;
    private const int FirstSlots = 16;
    private const int MostKeptSlots = 256;
    private readonly List<uint> _unsaved = [];
    private uint[] _entries = [];
    private int _count;
    private byte[]? _registers;
    private bool _allUnsaved;

    /// <summary>Memory, in bytes.</summary>
    public long SizeBytes => (_unsaved.Capacity * sizeof(uint)) + (_entries.LongLength * sizeof(uint)) + (_registers?.LongLength ?? 0);

    /// <summary>The hashes are few enough to be kept as they are.</summary>
    public bool IsSparse => _registers is null;

    private int MostEntries => 1 << (precision - 3);

    public void Add(ulong hash)
    {
        var rank = Math.Min(BitOperations.LeadingZeroCount(hash << FineBits), RestBits) + 1;
        AddEntry((uint)(hash >> RestBits << RankBits) | (uint)rank);
    }

    public void Merge(HyperLogLog other)
    {
        if (other._registers is not null) AddRegisters(other._registers);
        foreach (var entry in other._entries)
            if (entry != 0) AddEntry(entry);
    }

    public double Estimate()
    {
        if (_registers is not null) return OfRegisters(_registers);
        const double Fine = 1 << FineBits;
        return Fine * Math.Log(Fine / (Fine - _count));
    }

    public void Clear()
    {
        if (_entries.Length > MostKeptSlots) _entries = [];
        else Array.Clear(_entries);
        (_count, _registers, _allUnsaved) = (0, null, false);
        _unsaved.Clear();
    }

    /// <summary>Writes all, or what was new since the last time.</summary>
    public void Write(StateWriter writer, bool whole)
    {
        var registers = _registers is not null && (whole || _allUnsaved);
        writer.Boolean(registers);
        if (registers)
        {
            writer.Bytes(_registers);
        }
        else
        {
            IReadOnlyCollection<uint> entries = whole || _allUnsaved ? [.. _entries.Where(e => e != 0)] : _unsaved;
            writer.Number(entries.Count);
            foreach (var entry in entries) writer.Number(entry);
        }

        Saved();
    }

    /// <summary>Adds what was written.</summary>
    public void Load(StateReader reader)
    {
        if (reader.Boolean()) AddRegisters(reader.Bytes());
        else
            for (var left = reader.Number(); left > 0; left--) AddEntry((uint)reader.Number());
        Saved();
    }

    private void Saved()
    {
        _unsaved.Clear();
        _allUnsaved = false;
    }

    private void AddEntry(uint entry)
    {
        if (_registers is null ? Note(entry) : Raise(_registers, entry)) Remember(entry);
    }

    private void Remember(uint entry)
    {
        if (_allUnsaved) return;
        if (_unsaved.Count < MostEntries)
        {
            _unsaved.Add(entry);
            return;
        }

        _unsaved.Clear();
        _allUnsaved = true;
    }

    /// <returns>It is new, or ranks higher than what was there.</returns>
    private bool Note(uint entry)
    {
        if (_entries.Length > 0 && SlotOf(_entries, entry) is var known and > 0)
        {
            if (known < entry) SlotOf(_entries, entry) = entry;
            return known < entry;
        }

        if (2 * (_count + 1) > _entries.Length && !Grow()) return Raise(_registers!, entry);
        SlotOf(_entries, entry) = entry;
        _count++;
        return true;
    }

    /// <returns>False: there are too many, they are registers now.</returns>
    private bool Grow()
    {
        if (_count >= MostEntries && _entries.Length > 0)
        {
            Condense();
            return false;
        }

        var old = _entries;
        _entries = new uint[Math.Max(FirstSlots, 2 * old.Length)];
        foreach (var entry in old)
            if (entry != 0) SlotOf(_entries, entry) = entry;
        return true;
    }

    private void Condense()
    {
        _registers = new byte[1 << precision];
        foreach (var entry in _entries)
            if (entry != 0) _ = Raise(_registers, entry);
        (_entries, _count) = ([], 0);
    }

    private static ref uint SlotOf(uint[] slots, uint entry)
    {
        var mask = slots.Length - 1;
        for (var at = (int)((entry >> RankBits) * 0x9E3779B1u >> 8) & mask; ; at = (at + 1) & mask)
            if (slots[at] == 0 || slots[at] >> RankBits == entry >> RankBits) return ref slots[at];
    }

    private bool Raise(byte[] registers, uint entry)
    {
        var more = FineBits - precision;
        var fine = entry >> RankBits;
        var below = fine << (32 - more);
        var rank = (byte)(below != 0 ? BitOperations.LeadingZeroCount(below) + 1 : more + (int)(entry & ((1 << RankBits) - 1)));
        ref var register = ref registers[fine >> more];
        if (register >= rank) return false;
        register = rank;
        return true;
    }

    private void AddRegisters(ReadOnlySpan<byte> added)
    {
        if (_registers is null) Condense();
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] <= _registers![i]) continue;
            _registers[i] = added[i];
            _allUnsaved = true;
        }
    }

    private double OfRegisters(byte[] registers)
    {
        var most = 64 - precision + 1;
        Span<int> ranks = stackalloc int[most + 1];
        ranks.Clear();
        foreach (var register in registers) ranks[register]++;
        double size = registers.Length;
        var sum = size * Tau(1 - (ranks[most] / size));
        for (var rank = most - 1; rank >= 1; rank--) sum = 0.5 * (sum + ranks[rank]);
        sum += size * Sigma(ranks[0] / size);
        return size * size / (2 * Math.Log(2) * sum);
    }

    /// <summary>x + sum of x^(2^k) * 2^(k-1).</summary>
    private static double Sigma(double x)
    {
        if (x >= 1) return double.PositiveInfinity;
        var (sum, before, factor) = (x, double.NaN, 1.0);
        for (; sum != before; factor *= 2)
        {
            x *= x;
            before = sum;
            sum += x * factor;
        }

        return sum;
    }

    /// <summary>(1 - x - sum of (1 - x^(2^-k))^2 * 2^-k) / 3.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (sum, before, factor) = (1 - x, double.NaN, 1.0);
        while (sum != before)
        {
            x = Math.Sqrt(x);
            before = sum;
            factor *= 0.5;
            sum -= (1 - x) * (1 - x) * factor;
        }

        return sum / 3;
    }
}
