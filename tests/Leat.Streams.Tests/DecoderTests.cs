using System.Text;
using Leat.Streams.Decoding;

namespace Leat.Streams.Tests;

public sealed class DecoderTests
{
    private const string Whole = """
        { "name" : "a\u00e9\n\"\ud83d\ude00 and more", "note": null, "flag": true, "small": "-12", "big": 9223372036854775807, "ratio": 1.5e3, "amount": "12.340", "at": "2026-02-28T23:59:59.123+02:00",
          "seen": "1767225600123", "day": "2024-02-29", "id": "0f8fad5b-d9cb-469f-a165-70867728950e", "colour": "dark-blue", "unknown": {"a": [1, "}", {"b": null}]}, "x-extra": 18446744073709551615 }
        """;

    [Fact]
    public void Given_every_supported_type_When_decoded_Then_the_values_are_exact()
    {
        var row = Decode(Whole);
        Assert.Equal("aé\n\"😀 and more", row.Name.ToString());
        Assert.Equal((null, true, -12, long.MaxValue, 1500.0, 12.340m), (row.Note, row.Flag, row.Small, row.Big, row.Ratio, row.Amount));
        Assert.Equal(new DateTime(2026, 2, 28, 21, 59, 59, 123, DateTimeKind.Utc), row.At);
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, 123, DateTimeKind.Utc), row.Seen);
        Assert.Equal((new DateOnly(2024, 2, 29), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Colour.DarkBlue, (short)7, ulong.MaxValue), (row.Day, row.Id, row.Colour, row.Count, row.Extra));
    }

    [Theory]
    [InlineData("\"small\": \"-12\"", "\"small\": 2147483648", "LEAT2112", "'small' is 2147483648")]
    [InlineData("dark-blue", "pink", "LEAT2113", "'colour' is \"pink\"")]
    [InlineData("2024-02-29", "2023-02-29", "LEAT2112", "'day'")]
    [InlineData("\"flag\": true", "\"flag\": null", "LEAT2111", "'flag' is missing or null")]
    [InlineData("1.5e3", "01", "LEAT2110", "no valid value")]
    [InlineData("}, \"x-extra\"", "], \"x-extra\"", "LEAT2110", "no valid value")]
    [InlineData("\\u00e9", "\\x00e9", "LEAT2112", "valid escapes")]
    public void Given_a_value_that_does_not_fit_When_decoded_Then_the_fault_names_member_and_value(string good, string bad, string code, string reason)
    {
        Assert.Contains(good, Whole, StringComparison.Ordinal);
        var faults = new List<DecodeFault>();
        Decode(Whole.Replace(good, bad, StringComparison.Ordinal), faults);
        var fault = Assert.Single(faults);
        Assert.Equal(code, fault.Code);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_record_cut_or_changed_at_any_byte_When_decoded_Then_there_is_a_row_or_a_fault_and_never_an_exception()
    {
        var random = new Random(4711);
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var i = 0; i < 3000; i++)
        {
            var changed = bytes[..(i < bytes.Length ? i : bytes.Length)].ToArray();
            if (i >= bytes.Length) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var faults = new List<DecodeFault>();
            Decode(changed, faults);
            Assert.InRange(faults.Count, i < bytes.Length - 2 ? 1 : 0, 1);
        }
    }

    [Fact]
    public void Given_many_records_When_decoded_Then_nothing_is_allocated_per_record()
    {
        using var decoder = RecordDecoders.Create<ClickEvent>();
        var bytes = Encoding.UTF8.GetBytes(Clicks.Json(1, "a campaign with a long name", "12.5", "a user with a long name"));
        var rows = new ClickEvent[1000];
        var faults = new List<DecodeFault>();
        unsafe
        {
            fixed (byte* p = bytes)
            {
                var slices = Enumerable.Repeat(new RecordSlice((nint)p, bytes.Length, 0, 0), rows.Length).ToArray();
                decoder.Decode(slices, rows.Length, rows, faults);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 10; i++) decoder.Decode(slices, rows.Length, rows, faults);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
            }
        }

        Assert.Empty(faults);
    }

    private static WideEvent Decode(string json, List<DecodeFault>? faults = null)
    {
        faults ??= [];
        var row = Decode(Encoding.UTF8.GetBytes(json), faults);
        return row;
    }

    private static unsafe WideEvent Decode(byte[] bytes, List<DecodeFault> faults)
    {
        // Not disposed: texts of the row point into the decoder's memory, which its finalizer frees.
        var decoder = RecordDecoders.Create<WideEvent>();
        var kept = GC.AllocateArray<byte>(Math.Max(1, bytes.Length), pinned: true);
        bytes.CopyTo(kept, 0);
        var rows = new WideEvent[1];
        fixed (byte* p = kept) decoder.Decode([new RecordSlice((nint)p, bytes.Length, 0, 0)], 1, rows, faults);
        var name = faults.Count == 0 ? rows[0].Name.ToString() : "";
        GC.KeepAlive(decoder);
        return rows[0] with { Name = Leat.Core.Text.Literal(name) };
    }
}
