using Leat.Core;

namespace Leat.DuckDb.Tests;

/// <summary>A database in memory with one connection.</summary>
public abstract class EngineTest : IDisposable
{
    protected EngineTest()
    {
        Database = DuckDbDatabase.Open();
        Connection = Database.Connect();
    }

    protected DuckDbDatabase Database { get; }

    protected DuckDbConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        GC.SuppressFinalize(this);
    }

    protected IReadOnlyList<object?[]> Rows(string sql)
    {
        using var result = Connection.Query(sql);
        return result.ToRows();
    }

    protected static Batch Numbers(int count)
    {
        using var builder = new BatchBuilder(Schema.Of(("n", DataType.Int64), ("t", DataType.Text)));
        for (var i = 0; i < count; i++)
        {
            builder[0].Append((long)i);
            if (i % 7 == 3) builder[1].AppendNull();
            else builder[1].AppendText(i % 2 == 0 ? $"a rather long text {i}" : $"t{i}");
            builder.EndRow();
        }

        return builder.Build();
    }
}
