namespace Leat.DuckDb;

/// <summary>The statements of a SQL text, split by the engine.</summary>
internal sealed record StatementList(ExtractedHandle Handle, int Count, string Sql) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}
