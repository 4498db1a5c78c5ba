namespace Leat.Core.Tests.Batches;

public class BatchBuilderTests
{
    [Fact]
    public void Given_a_row_without_a_value_for_each_column_When_ended_Then_the_column_is_named()
    {
        using var builder = new BatchBuilder(Schema.Of(("a", DataType.Int32), ("b", DataType.Text)));
        builder[0].Append(1);

        var error = Assert.Throws<InvalidOperationException>(builder.EndRow);

        Assert.Equal("row 0: column 'b' got 0 values, each row needs exactly 1", error.Message);
    }

    [Theory]
    [InlineData("1.25", 4, 1)]
    [InlineData("1000", 4, 1)]
    [InlineData("-0.001", 38, 2)]
    public void Given_a_decimal_that_does_not_fit_When_appended_Then_it_is_refused(string value, int width, int scale)
    {
        using var builder = new BatchBuilder(Schema.Of(("price", DataType.Decimal(width, scale))));

        var error = Assert.Throws<LeatException>(() => builder[0].AppendDecimal(decimal.Parse(value)));

        Assert.Equal("LEAT1080", error.Code);
        Assert.Contains($"'{value}' (Decimal) does not fit type DECIMAL({width},{scale})", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2", 2, 1)]
    [InlineData("-12345.678", 9, 3)]
    [InlineData("123456789012.5", 18, 4)]
    [InlineData("79228162514264337593543950335", 38, 2)]
    [InlineData("1.20", 2, 1)]
    public void Given_a_decimal_that_fits_When_appended_Then_it_is_exact(string value, int width, int scale)
    {
        using var builder = new BatchBuilder(Schema.Of(("price", DataType.Decimal(width, scale))));
        builder.AppendRow(decimal.Parse(value));
        using var batch = builder.Build();

        Assert.Equal(value.TrimEnd('0'), batch[0].GetValue(0)!.ToString()!.TrimEnd('0').TrimEnd('.'));
    }

    [Fact]
    public void Given_65536_rows_When_one_more_is_ended_Then_it_is_refused_and_the_batch_has_32_vectors()
    {
        using var builder = new BatchBuilder(Schema.Of(("n", DataType.Int64), ("t", DataType.Text)));
        for (var i = 0; i < Batch.MaxRows; i++)
        {
            builder[0].Append((long)i);
            builder[1].AppendText($"text number {i}");
            builder.EndRow();
        }

        Assert.True(builder.IsFull);
        using var batch = builder.Build();
        Assert.Equal((65_536, 32), (batch.RowCount, batch.VectorCount));
        Assert.Equal(65_535L, batch[0].Get<long>(65_535));
        Assert.Equal("text number 65535", batch[1].GetText(65_535).ToString());
        Assert.Equal(0, builder.RowCount);
    }

    [Fact]
    public void Given_a_builder_that_was_built_When_used_again_Then_the_first_batch_keeps_its_values()
    {
        using var builder = new BatchBuilder(Schema.Of(("t", DataType.Text)));
        builder.AppendRow("the first text of all");
        using var first = builder.Build();
        builder.AppendRow("another text, not the first");
        using var second = builder.Build();

        Assert.Equal("the first text of all", first[0].GetValue(0));
        Assert.Equal("another text, not the first", second[0].GetValue(0));
    }

    [Fact]
    public void Given_bytes_that_are_not_utf8_When_appended_as_text_Then_they_are_refused()
    {
        using var builder = new BatchBuilder(Schema.Of(("t", DataType.Text)));

        Assert.Equal("LEAT1081", Assert.Throws<LeatException>(() => builder[0].AppendText([0xC3, 0x28])).Code);
    }

    [Fact]
    public void Given_nested_columns_When_written_by_hand_Then_lists_structs_and_unions_hold_the_values()
    {
        var type = DataType.List(DataType.Struct(new Field("k", DataType.Text), new Field("v", DataType.Union(new Field("n", DataType.Int32), new Field("s", DataType.Text)))));
        using var builder = new BatchBuilder(Schema.Of(("l", type)));
        var element = builder[0].Child(0);
        builder[0].BeginList();
        element.Child(0).AppendText("a");
        element.Child(1).Child(0).Append(7);
        element.Child(1).EndUnion(0);
        element.EndStruct();
        element.AppendNull();
        builder[0].EndList();
        builder.EndRow();
        using var batch = builder.Build();

        Assert.Equal("[{k='a',v=n:Int32 7},NULL]", BoxedText.Of(batch[0].GetValue(0)));
    }

    [Fact]
    public void Given_a_batch_that_was_disposed_When_read_Then_it_throws()
    {
        using var builder = new BatchBuilder(Schema.Of(("n", DataType.Int64)));
        builder.AppendRow(1L);
        var batch = builder.Build();
        var kept = batch.Retain();
        batch.Dispose();

        Assert.Equal(1L, kept[0].Get<long>(0));
        kept.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept[0]);
    }
}
