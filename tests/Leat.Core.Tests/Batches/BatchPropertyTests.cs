using System.Buffers;

namespace Leat.Core.Tests.Batches;

public class BatchPropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(4711, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Given_random_rows_of_any_schema_When_built_Then_boxed_values_are_the_same(int seed)
    {
        var (schema, rows) = RandomRows(seed);
        using var batch = Build(schema, rows);

        Assert.Equal(rows.Count, batch.RowCount);
        AssertSame(rows, batch, seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Given_a_random_batch_When_stored_and_read_Then_schema_and_values_are_the_same(int seed)
    {
        var (schema, rows) = RandomRows(seed);
        using var batch = Build(schema, rows);
        var bytes = new ArrayBufferWriter<byte>();
        BatchCodec.Write(batch, bytes);
        using var again = BatchCodec.Read(bytes.WrittenSpan, out var consumed);

        Assert.Equal(bytes.WrittenCount, consumed);
        Assert.Equal(schema, again.Schema);
        AssertSame(rows, again, seed);

        var second = new ArrayBufferWriter<byte>();
        BatchCodec.Write(again, second);
        Assert.True(bytes.WrittenSpan.SequenceEqual(second.WrittenSpan), $"equal batches, other bytes; seed {seed}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Given_a_stored_batch_cut_short_When_read_Then_it_is_refused(int seed)
    {
        var (schema, rows) = RandomRows(seed);
        using var batch = Build(schema, rows);
        var stream = new MemoryStream();
        BatchCodec.Write(batch, stream);
        var cut = new MemoryStream(stream.ToArray()[..new Random(seed).Next(1, (int)stream.Length)]);

        Assert.Equal("LEAT1082", Assert.Throws<LeatException>(() => BatchCodec.Read(cut)).Code);
    }

    [Fact]
    public void Given_two_batches_in_a_stream_When_read_Then_both_come_and_then_the_end()
    {
        var stream = new MemoryStream();
        for (var i = 0; i < 2; i++)
        {
            using var batch = Build(Schema.Of(("n", DataType.Int64)), [[(long)i]]);
            BatchCodec.Write(batch, stream);
        }

        stream.Position = 0;
        using var first = BatchCodec.Read(stream);
        using var second = BatchCodec.Read(stream);

        Assert.Equal((0L, 1L), (first![0].Get<long>(0), second![0].Get<long>(0)));
        Assert.Null(BatchCodec.Read(stream));
    }

    private static (Schema Schema, List<object?[]> Rows) RandomRows(int seed)
    {
        var random = new RandomBatches(seed);
        var schema = random.NextSchema();
        return (schema, [.. Enumerable.Range(0, random.NextRowCount()).Select(_ => schema.Select(field => random.NextValue(field.Type)).ToArray())]);
    }

    private static Batch Build(Schema schema, List<object?[]> rows)
    {
        using var builder = new BatchBuilder(schema);
        foreach (var row in rows) builder.AppendRow(row);
        return builder.Build();
    }

    private static void AssertSame(List<object?[]> rows, Batch batch, int seed)
    {
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                var (expected, actual) = (BoxedText.Of(rows[row][column]), BoxedText.Of(batch[column].GetValue(row)));
                Assert.True(expected == actual, $"property failed; replay with seed {seed}: row {row}, {batch.Schema[column].Type}: {expected} became {actual}");
            }
    }
}
