using Leat.Core;

namespace Leat.DuckDb.Tests;

public class AppendTests : EngineTest
{
    [Fact]
    public void Given_a_batch_of_many_vectors_When_appended_Then_all_rows_are_in_the_table()
    {
        Connection.Execute("CREATE TABLE t (n BIGINT, t VARCHAR)");
        using var batch = Numbers(65_536);
        Connection.Append("t", batch);

        Assert.Equal([65_536L, 65_536L * 65_535 / 2, (long)Enumerable.Range(0, 65_536).Count(i => i % 7 != 3), 65_535L], Rows("SELECT count(*), sum(n)::BIGINT, count(t), max(n) FROM t").Single());
        Assert.Equal("a rather long text 65534", Connection.Scalar("SELECT t FROM t WHERE n = 65534"));
    }

    [Fact]
    public void Given_columns_of_other_types_When_appended_Then_they_are_cast_or_refused()
    {
        Connection.Execute("CREATE TABLE t (n INTEGER, t VARCHAR); CREATE TABLE narrow (n TINYINT, t VARCHAR)");
        using var batch = Numbers(300);
        Connection.Append("main.t", batch);

        Assert.Equal(300L, Connection.Scalar("SELECT count(*) FROM t"));
        Assert.Equal("LEAT1112", Assert.ThrowsAny<LeatException>(() => Connection.Append("narrow", batch)).Code);
    }

    [Fact]
    public void Given_a_wrong_table_or_column_count_When_appended_Then_the_error_names_it()
    {
        Connection.Execute("CREATE TABLE one (n BIGINT)");
        using var batch = Numbers(1);

        Assert.Equal("LEAT1126", Assert.Throws<LeatException>(() => Connection.Append("one", batch)).Code);
        Assert.Equal("LEAT1111", Assert.Throws<DuckDbException>(() => Connection.Append("nosuch", batch)).Code);
    }
}
