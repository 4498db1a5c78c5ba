using Leat.Core;

namespace Leat.Storage;

/// <summary>
/// Named byte objects. Paths are relative, with '/', without empty, '.' or '..' parts. Every implementation passes ObjectStoreContract.
/// </summary>
public interface IObjectStore
{
    /// <summary>Stores the object when there is none of that name; of many racing callers exactly one wins. Durable on return.</summary>
    /// <returns>False when the name was taken; nothing is changed then.</returns>
    /// <exception cref="LeatException">LEAT2050 invalid path; LEAT2051 disk full (retry); LEAT2052 I/O failed.</exception>
    ValueTask<bool> PutIfAbsentAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Stores the object, replacing an older one: a reader sees the old or the new bytes, never a mix. Durable on return.</summary>
    /// <exception cref="LeatException">LEAT2050 invalid path; LEAT2051 disk full (retry); LEAT2052 I/O failed.</exception>
    ValueTask PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>All bytes of the object, or null when there is none.</summary>
    ValueTask<byte[]?> GetAsync(string path, CancellationToken ct);

    /// <summary>Fills <paramref name="into"/> from byte <paramref name="offset"/> on.</summary>
    /// <returns>Bytes read; less than asked only at the end of the object.</returns>
    /// <exception cref="LeatException">LEAT2053 no such object.</exception>
    ValueTask<int> GetRangeAsync(string path, long offset, Memory<byte> into, CancellationToken ct);

    /// <summary>Objects whose path starts with <paramref name="prefix"/> and sorts after <paramref name="startAfter"/>, in ordinal order.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, string? startAfter, CancellationToken ct);

    /// <summary>Removes the object; no error when there is none.</summary>
    ValueTask DeleteAsync(string path, CancellationToken ct);

    /// <summary>Whether there is an object of that name.</summary>
    ValueTask<bool> ExistsAsync(string path, CancellationToken ct);
}
