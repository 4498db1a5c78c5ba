using System.Globalization;
using System.Numerics;
using Leat.Core;

namespace Leat.DuckDb.Tests;

public class TypeTests : EngineTest
{
    public static TheoryData<string, string> Values => new()
    {
        { "NULL", "NULL" },
        { "true", "Boolean True" },
        { "(-128)::TINYINT", "SByte -128" },
        { "(-32768)::SMALLINT", "Int16 -32768" },
        { "(-2147483648)::INTEGER", "Int32 -2147483648" },
        { "(-9223372036854775808)::BIGINT", "Int64 -9223372036854775808" },
        { "255::UTINYINT", "Byte 255" },
        { "65535::USMALLINT", "UInt16 65535" },
        { "4294967295::UINTEGER", "UInt32 4294967295" },
        { "18446744073709551615::UBIGINT", "UInt64 18446744073709551615" },
        { "(-170141183460469231731687303715884105728)::HUGEINT", "Int128 -170141183460469231731687303715884105728" },
        { "340282366920938463463374607431768211455::UHUGEINT", "UInt128 340282366920938463463374607431768211455" },
        { "1.5::FLOAT", "Single 1.5" },
        { "-2.25::DOUBLE", "Double -2.25" },
        { "1.5::DECIMAL(4,1)", "Decimal 1.5" },
        { "-12345.678::DECIMAL(9,3)", "Decimal -12345.678" },
        { "123456789012.5::DECIMAL(18,1)", "Decimal 123456789012.5" },
        { "12345678901234567890123456789012345678::DECIMAL(38,0)", "ScaledDecimal 12345678901234567890123456789012345678" },
        { "-0.000000000000000000000000000001::DECIMAL(38,30)", "ScaledDecimal -0.000000000000000000000000000001" },
        { "'short'", "String short" },
        { "'a text of more than twelve bytes é漢🙂'", "String a text of more than twelve bytes é漢🙂" },
        { "'\\x00\\xFF'::BLOB", "x00FF" },
        { "'0110100011'::BIT", "String 0110100011" },
        { "DATE '1969-12-31'", "DateOnly 12/31/1969" },
        { "DATE 'infinity'", "DateOnly 12/31/9999" },
        { "TIME '23:59:59.123456'", "TimeOnly 23:59:59.1234560" },
        { "TIME '24:00:00'", "TimeSpan 1.00:00:00" },
        { "'01:02:03.5+02:30'::TIMETZ", "TimeWithOffset TimeWithOffset { Time = 01:02:03.5000000, Offset = 02:30:00 }" },
        { "'12:00:00.123456700'::TIME_NS", "TimeOnly 12:00:00.1234567" },
        { "TIMESTAMP '1992-03-04 05:06:07.000001'", "DateTime 1992-03-04T05:06:07.0000010 Unspecified" },
        { "TIMESTAMP_S '1992-03-04 05:06:07'", "DateTime 1992-03-04T05:06:07.0000000 Unspecified" },
        { "TIMESTAMP_MS '1992-03-04 05:06:07.123'", "DateTime 1992-03-04T05:06:07.1230000 Unspecified" },
        { "TIMESTAMP_NS '1592-03-04 05:06:07.123456700'", "OUT" },
        { "TIMESTAMP_NS '1992-03-04 05:06:07.123456700'", "DateTime 1992-03-04T05:06:07.1234567 Unspecified" },
        { "TIMESTAMPTZ '1992-03-04 05:06:07+02:00'", "DateTime 1992-03-04T03:06:07.0000000Z Utc" },
        { "INTERVAL '14 months 3 days 4 seconds'", "IntervalValue IntervalValue { Months = 14, Days = 3, Microseconds = 4000000 }" },
        { "'12345678-9abc-def0-1234-56789abcdef0'::UUID", "Guid 12345678-9abc-def0-1234-56789abcdef0" },
        { "'ffffffff-ffff-ffff-0000-000000000001'::UUID", "Guid ffffffff-ffff-ffff-0000-000000000001" },
        { "'b'::ENUM('a', 'b')", "String b" },
        { "'-123456789012345678901234567890123456789012345678'::BIGNUM", "BigInteger -123456789012345678901234567890123456789012345678" },
        { "[1, NULL, 3]", "[Int32 1,NULL,Int32 3]" },
        { "[['a long text, not inline'], NULL, []]", "[[String a long text, not inline],NULL,[]]" },
        { "[1, 2]::INTEGER[2]", "[Int32 1,Int32 2]" },
        { "{'a': 1, 'b': {'c': NULL, 'd': [true]}}", "{a=Int32 1,b={c=NULL,d=[Boolean True]}}" },
        { "row(1, 'x')", "{1=Int32 1,2=String x}" },
        { "MAP {'k': 1, 'l': NULL}", "[String k=Int32 1,String l=NULL]" },
        { "union_value(n := 7)", "n:Int32 7" },
        { "'text'::UNION(n INTEGER, s VARCHAR)", "s:String text" },
        { "'{\"a\": 1}'::JSON", "String {\"a\": 1}" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Given_a_value_in_SQL_When_read_Then_it_is_the_same_in_dotnet(string sql, string expected)
    {
        if (expected == "OUT")
        {
            Assert.Throws<DuckDbException>(() => Rows($"SELECT {sql}"));
            return;
        }

        var rows = Rows($"SELECT x FROM (SELECT {sql} AS x, i FROM range(3) t(i)) ORDER BY i");

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(expected, Show(row[0])));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Given_a_value_read_from_SQL_When_appended_and_scanned_Then_it_comes_back_the_same(string sql, string expected)
    {
        if (expected == "OUT" || sql.StartsWith("row(", StringComparison.Ordinal)) return;
        Connection.Execute($"CREATE TABLE t AS SELECT {sql} AS x FROM range(5000) t(i); UPDATE t SET x = NULL WHERE rowid % 3 = 1");
        Connection.Execute("CREATE TABLE copy AS FROM t LIMIT 0");
        using (var other = Database.Connect())
        using (var result = Connection.Query("FROM t"))
        using (var appender = other.OpenAppender("copy"))
        {
            foreach (var batch in result.ReadAll())
                using (batch) appender.Append(batch);
            appender.Complete();
        }

        Assert.Equal(5000L, Connection.Scalar("SELECT count(*) FROM copy"));
        Assert.Equal(Connection.Scalar("SELECT count(x) FROM t"), Connection.Scalar($"SELECT count(*) FROM copy WHERE x IS NOT DISTINCT FROM {sql} AND x IS NOT NULL"));

        var schema = Schema.Of(("x", new DuckDbSchemaProbe(Connection).TypeOf("SELECT x FROM t")));
        var scan = Database.AddScan(schema, ReadTable);
        Assert.Equal(Connection.Scalar("SELECT count(x) FROM t"), Connection.Scalar($"SELECT count(*) FROM leat_scan({scan}) WHERE x IS NOT DISTINCT FROM {sql} AND x IS NOT NULL"));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Given_an_enum_of_any_size_When_read_and_appended_Then_labels_are_kept(int labels)
    {
        var list = string.Join(", ", Enumerable.Range(0, labels).Select(i => $"'label {i}'"));
        Connection.Execute($"CREATE TYPE kind AS ENUM ({list}); CREATE TABLE t (k kind); INSERT INTO t VALUES ('label {labels - 1}'), ('label 3'), (NULL)");
        using (var other = Database.Connect())
        using (var result = other.Query("FROM t"))
        using (var batch = result.Fetch()) Connection.Append("t", batch!);

        Assert.Equal([$"label {labels - 1}", "label 3", null, $"label {labels - 1}", "label 3", null], Rows("FROM t").Select(row => row[0]));
    }

    private IEnumerable<Batch> ReadTable()
    {
        using var connection = Database.Connect();
        using var result = connection.Query("FROM t");
        foreach (var batch in result.ReadAll()) yield return batch;
    }

    internal static string Show(object? value) => value switch
    {
        null => "NULL",
        string text => $"String {text}",
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        UnionValue union => $"{union.Member}:{Show(union.Value)}",
        KeyValuePair<object?, object?> pair => $"{Show(pair.Key)}={Show(pair.Value)}",
        Dictionary<string, object?> members => "{" + string.Join(",", members.Select(member => $"{member.Key}={Show(member.Value)}")) + "}",
        System.Collections.IEnumerable elements => "[" + string.Join(",", elements.Cast<object?>().Select(Show)) + "]",
        DateTime time => $"DateTime {time:O} {time.Kind}",
        TimeOnly time => $"TimeOnly {time:O}",
        BigInteger number => $"BigInteger {number}",
        IFormattable plain => $"{value.GetType().Name} {plain.ToString(null, CultureInfo.InvariantCulture)}",
        _ => $"{value.GetType().Name} {value}",
    };
}
