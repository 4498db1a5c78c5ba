using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Tests.Protocol;

public sealed class SchemaJsonTests
{
    [Fact]
    public void Given_a_schema_of_every_type_When_written_and_read_Then_it_is_the_same()
    {
        var schema = new Schema(
            new Field("a", DataType.Int8), new Field("b", DataType.Int16), new Field("c", DataType.Int32), new Field("d", DataType.Int64, Nullable: false),
            new Field("e", DataType.Float32), new Field("f", DataType.Float64), new Field("g", DataType.Decimal(38, 10)), new Field("h", DataType.Text),
            new Field("i", DataType.Blob), new Field("j", DataType.Boolean), new Field("k", DataType.Date), new Field("l", DataType.Timestamp), new Field("m", DataType.TimestampTz),
            new Field("n", DataType.List(DataType.Struct(new Field("x", DataType.Text), new Field("y", DataType.Map(DataType.Text, DataType.Int64))))));

        Assert.Equal(schema, SchemaJson.Read(SchemaJsonWriter.Write(schema, "t"), "t").Logical);
    }

    [Theory]
    [InlineData("a", TypeKind.UInt32, "BIGINT")]
    [InlineData("a", TypeKind.Time, "VARCHAR")]
    [InlineData("a b", TypeKind.Int32, "rename")]
    public void Given_a_column_that_Delta_cannot_hold_When_written_Then_LEAT3005_says_what_to_use(string name, TypeKind kind, string remedy)
    {
        var type = kind switch { TypeKind.UInt32 => DataType.UInt32, TypeKind.Time => DataType.Time, _ => DataType.Int32 };

        var error = Assert.Throws<LeatException>(() => SchemaJsonWriter.Write(Schema.Of((name, type)), "t"));

        Assert.Equal("LEAT3005", error.Code);
        Assert.Contains(remedy, error.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_physical_names_When_read_Then_both_shapes_are_known()
    {
        var read = SchemaJson.Read("""
            {"type":"struct","fields":[{"name":"s","type":{"type":"struct","fields":[
            {"name":"x","type":"integer","nullable":true,"metadata":{"delta.columnMapping.physicalName":"col-2"}}]},"nullable":true,"metadata":{"delta.columnMapping.physicalName":"col-1"}}]}
            """, "t");

        Assert.Equal("(s STRUCT(\"x\" INTEGER))", read.Logical.ToString());
        Assert.Equal("(col-1 STRUCT(\"col-2\" INTEGER))", read.Physical.ToString());
    }

    [Fact]
    public void Given_an_unknown_type_When_read_Then_LEAT3011_names_column_and_type()
    {
        var error = Assert.Throws<LeatException>(() => SchemaJson.Read("""{"type":"struct","fields":[{"name":"v","type":"variant","nullable":true,"metadata":{}}]}""", "t"));

        Assert.Equal("LEAT3011", error.Code);
        Assert.Contains("'v' has type 'variant'", error.What, StringComparison.Ordinal);
    }
}
