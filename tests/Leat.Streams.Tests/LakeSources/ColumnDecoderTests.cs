using Leat.Core;
using Leat.Streams.Decoding;
using Leat.Streams.LakeSources;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Rows read straight from columns, against the slow way: the row as JSON, then decoded.</summary>
public sealed class ColumnDecoderTests
{
    private static readonly Schema Typed = Schema.Of(
        ("text", DataType.Text), ("flag", DataType.Boolean), ("small", DataType.Int16), ("number", DataType.Int64), ("large", DataType.UInt64), ("exact", DataType.Decimal(20, 4)),
        ("near", DataType.Float64), ("time", DataType.Timestamp), ("ms", DataType.Int64), ("day", DataType.Date), ("id", DataType.Uuid), ("color", DataType.Text), ("maybe", DataType.Int32));

    private static readonly Schema Texts = new([.. Typed.Select(f => new Field(f.Name, DataType.Text))]);

    [Fact]
    public Task Given_random_values_typed_and_as_text_When_decoded_Then_rows_and_faults_equal_the_slow_way() => Seeds.ForAll(20, 200, seed =>
    {
        var random = new Random(seed);
        foreach (var schema in new[] { Typed, Texts })
        {
            using var builder = new BatchBuilder(schema);
            for (var i = 0; i < 200; i++) builder.AppendRow(Values(random, schema == Texts));
            using var batch = builder.Build();
            using var decoder = new ColumnDecoder<Everything>();
            using var slow = new JsonRecordDecoder<Everything>();
            Assert.Equal(13, decoder.ColumnsOf(schema, "t").Length);
            decoder.Begin(batch, 0);
            for (var row = 0; row < batch.RowCount; row++)
            {
                var (isRow, found, fault) = (decoder.TryRead(row, out var fast, out var why), fast, why);
                var expected = Slow(slow, BatchJson.Of(batch, row, batch.ColumnCount), out var faults);
                Assert.Equal(faults.Count == 0, isRow);
                if (isRow) Assert.Equal(expected, found);
                else Assert.Equal((faults[0].Code, faults[0].Reason), (fault.Code, fault.Reason));
            }
        }

        return Task.CompletedTask;
    });

    [Fact]
    public void Given_rows_without_strings_When_decoded_Then_nothing_is_allocated()
    {
        using var builder = new BatchBuilder(OrderTable.Schema);
        for (var i = 0; i < 2000; i++) builder.AppendRow(OrderTable.Row(i));
        using var batch = builder.Build();
        using var decoder = new ColumnDecoder<TableRow>();
        decoder.Begin(batch, 0);
        var sum = 0m;
        for (var pass = 0; pass < 2; pass++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var row = 0; row < batch.RowCount; row++)
                if (decoder.TryRead(row, out var read, out _)) sum += read.Cost ?? read.Id;
            if (pass == 1) Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(sum > 0);
    }

    [Fact]
    public void Given_times_of_all_units_When_decoded_Then_they_are_the_same_moment()
    {
        var moment = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        foreach (var type in new[] { DataType.Timestamp, DataType.TimestampTz, DataType.TimestampS, DataType.TimestampMs, DataType.TimestampNs })
        {
            using var builder = new BatchBuilder(Schema.Of(("at", type)));
            builder.AppendRow(moment);
            using var batch = builder.Build();
            using var decoder = new ColumnDecoder<Moment>();
            decoder.Begin(batch, 0);
            Assert.True(decoder.TryRead(0, out var row, out _));
            Assert.Equal((moment, DateTimeKind.Utc), (row.At, row.At.Kind));
        }
    }

    private static unsafe Everything Slow(JsonRecordDecoder<Everything> decoder, byte[] json, out List<DecodeFault> faults)
    {
        var rows = new Everything[1];
        faults = [];
        fixed (byte* bytes = json) decoder.Decode([new RecordSlice((nint)bytes, json.Length, 0, 0)], 1, rows, faults);
        return rows[0] with { Text = Text.Inline(System.Text.Encoding.UTF8.GetBytes(rows[0].Text.ToString())) };
    }

    private static object?[] Values(Random random, bool asText)
    {
        var time = Clicks.Zero.AddMilliseconds(random.NextInt64(100_000_000_000));
        object?[] values =
        [
            $"text {random.Next(100)}", random.Next(2) == 0, (short)random.Next(-200, 200), random.NextInt64(-1L << 50, 1L << 50), (ulong)random.NextInt64() * 2, random.Next(-1_000_000, 1_000_000) / 10_000m,
            random.Next(-1000, 1000) / 8.0, asText ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : time, (time - DateTime.UnixEpoch).Ticks / 10_000, DateOnly.FromDateTime(time),
            new Guid((int)random.NextInt64(int.MaxValue), 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), random.Next(12) == 0 ? "mauve" : random.Next(2) == 0 ? "dark-red" : "Green", random.Next(3) == 0 ? null : random.Next(100),
        ];
        if (random.Next(20) == 0) values[random.Next(12)] = null;
        return asText ? [.. values.Select(v => v switch { null => null, bool flag => flag ? "true" : "false", DateOnly day => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture), IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture), _ => v.ToString() })] : values;
    }

    internal enum Color
    {
        Green,
        DarkRed,
    }

    internal readonly record struct Everything(Text Text, bool Flag, sbyte Small, long Number, ulong Large, decimal Exact, double Near, DateTime Time, [property: EpochMilliseconds] DateTime Ms, DateOnly Day, Guid Id, Color Color, int? Maybe);

    internal readonly record struct Moment(DateTime At);
}
