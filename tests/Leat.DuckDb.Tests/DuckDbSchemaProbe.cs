using Leat.Core;

namespace Leat.DuckDb.Tests;

internal sealed class DuckDbSchemaProbe(DuckDbConnection connection)
{
    public DataType TypeOf(string sql)
    {
        using var result = connection.Query(sql);
        return result.Schema[0].Type;
    }
}
