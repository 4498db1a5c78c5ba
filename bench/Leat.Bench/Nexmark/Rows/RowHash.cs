using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>128-bit hash of one row, field by field in the order of its columns. Not for keys: only to tell answers apart.</summary>
internal struct RowHash
{
    private const ulong K1 = 0x9E3779B97F4A7C15;
    private const ulong K2 = 0xC2B2AE3D27D4EB4F;
    private ulong _a = K2;
    private ulong _b = K1;

    public RowHash()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        _a = (BitOperations.RotateLeft(_a, 25) ^ (ulong)value) * K1;
        _b = (BitOperations.RotateLeft(_b, 37) + (ulong)value) * K2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(DateTime value) => Add(value.Ticks);

    /// <summary>Reads every byte, 16 at a step.</summary>
    public void Add(Text value)
    {
        var bytes = value.Bytes;
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var (hash, left) = (K1 ^ (ulong)bytes.Length, bytes.Length);
        for (; left > 16; left -= 16)
        {
            hash = Mix(Unsafe.ReadUnaligned<ulong>(ref start) ^ hash, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 8)) ^ K2);
            start = ref Unsafe.Add(ref start, 16);
        }

        Add((long)Mix(Word(ref start, Math.Min(left, 8)) ^ hash, Word(ref Unsafe.Add(ref start, 8), left - 8) ^ K2));
    }

    public void Add(in Bid bid)
    {
        Add(bid.Auction);
        Add(bid.Bidder);
        Add(bid.Price);
        Add(bid.Channel);
        Add(bid.Url);
        Add(bid.DateTime);
        Add(bid.Extra);
    }

    public void Add(in Auction auction)
    {
        Add(auction.Id);
        Add(auction.ItemName);
        Add(auction.Description);
        Add(auction.InitialBid);
        Add(auction.Reserve);
        Add(auction.DateTime);
        Add(auction.Expires);
        Add(auction.Seller);
        Add(auction.Category);
        Add(auction.Extra);
    }

    public void Add(in Person person)
    {
        Add(person.Id);
        Add(person.Name);
        Add(person.EmailAddress);
        Add(person.CreditCard);
        Add(person.City);
        Add(person.State);
        Add(person.DateTime);
        Add(person.Extra);
    }

    /// <summary>The two halves, mixed so that sums of them do not cancel out.</summary>
    public readonly (ulong Low, ulong High) End() => (Mix(_a ^ K2, _b ^ K1), Mix(_b ^ (_a >> 29), K1));

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    /// <summary>The next 8 bytes, or the fewer that are left, as a number.</summary>
    private static ulong Word(ref byte start, int left)
    {
        if (left >= 8) return Unsafe.ReadUnaligned<ulong>(ref start);
        if (left >= 4) return Unsafe.ReadUnaligned<uint>(ref start) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, left - 4)) << ((left - 4) * 8));
        ulong word = 0;
        for (var i = 0; i < left; i++) word |= (ulong)Unsafe.Add(ref start, i) << (i * 8);
        return word;
    }
}
