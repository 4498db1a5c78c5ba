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

    /// <summary>Reads every byte, 32 at a step. Ends overlap what was read before, so that no branch depends on the last few bytes.</summary>
    public void Add(Text value)
    {
        if (value.Length <= Text.InlineLength)
        {
            var (first, rest) = Unsafe.As<Text, (ulong, ulong)>(ref value);
            Add((long)Mix(first ^ K1, rest ^ K2));
            return;
        }

        var bytes = value.Bytes;
        Add((long)Hash(ref MemoryMarshal.GetReference(bytes), bytes.Length));
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

    /// <summary>Of more than 8 bytes.</summary>
    private static ulong Hash(ref byte start, int length)
    {
        var (a, b, left) = (K1 ^ (ulong)length, K2, length);
        for (; left > 32; left -= 32, start = ref Unsafe.Add(ref start, 32))
        {
            a = Mix(Word(ref start, 0) ^ a, Word(ref start, 8) ^ K2);
            b = Mix(Word(ref start, 16) ^ b, Word(ref start, 24) ^ K1);
        }

        if (left > 16)
        {
            a = Mix(Word(ref start, 0) ^ a, Word(ref start, 8) ^ K2);
            return Mix(Word(ref start, left - 16) ^ b, Word(ref start, left - 8) ^ a);
        }

        return left >= 8
            ? Mix(Word(ref start, 0) ^ b, Word(ref start, left - 8) ^ a)
            : Mix(Word(ref start, left - 16) ^ b, Word(ref start, left - 8) ^ a);
    }

    private static ulong Word(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));
}
