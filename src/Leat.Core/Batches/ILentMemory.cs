namespace Leat.Core;

/// <summary>Owner of a batch over memory that is someone else's and valid only until it is disposed: keeping such a batch takes a copy.</summary>
public interface ILentMemory : IDisposable
{
    /// <summary>The rows in memory of their own, the caller's to dispose.</summary>
    Batch Copy();
}
