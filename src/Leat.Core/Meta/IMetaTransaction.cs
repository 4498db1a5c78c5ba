namespace Leat.Core;

/// <summary>Statements inside one metadata transaction. Parameters are positional: @0, @1, ...</summary>
public interface IMetaTransaction
{
    /// <summary>Runs a statement; returns rows changed.</summary>
    int Execute(string sql, params ReadOnlySpan<object?> arguments);

    /// <summary>Runs a query; <paramref name="map"/> sees one row at a time.</summary>
    IReadOnlyList<T> Query<T>(string sql, Func<System.Data.IDataRecord, T> map, params ReadOnlySpan<object?> arguments);
}
