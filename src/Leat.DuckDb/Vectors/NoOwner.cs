namespace Leat.DuckDb;

/// <summary>Owner of batches over memory that the engine frees itself.</summary>
internal sealed class NoOwner : IDisposable
{
    public static readonly NoOwner Instance = new();

    public void Dispose()
    {
    }
}
