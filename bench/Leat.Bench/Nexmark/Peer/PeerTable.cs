using Leat.Core;
using Leat.DuckDb;

namespace Leat.Bench.Nexmark;

/// <summary>A table of the peer being filled, value by value from left to right.</summary>
internal sealed class PeerTable(DuckDbConnection connection, string table, Schema schema) : IDisposable
{
    private readonly DuckDbAppender _appender = connection.OpenAppender(table);
    private readonly BatchBuilder _rows = new(schema);
    private int _column;

    public PeerTable Put(long value)
    {
        _rows[_column++].Append(value);
        return this;
    }

    public PeerTable Put(Text value)
    {
        _rows[_column++].AppendText(value);
        return this;
    }

    public PeerTable Put(DateTime value)
    {
        _rows[_column++].AppendTimestamp(value);
        return this;
    }

    /// <summary>Ends the row with its event number.</summary>
    public void End(long number)
    {
        Put(number);
        _column = 0;
        _rows.EndRow();
        if (_rows.IsFull) Flush();
    }

    public void Complete()
    {
        Flush();
        _appender.Complete();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _appender.Dispose();
    }

    private void Flush()
    {
        using var batch = _rows.Build();
        _appender.Append(batch);
    }
}
