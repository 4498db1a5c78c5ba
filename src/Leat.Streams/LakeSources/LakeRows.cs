using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.Decoding;

namespace Leat.Streams.LakeSources;

/// <summary>Makes a source's rows of a table's rows. One thread.</summary>
internal abstract class LakeRows<TRow> : IDisposable
{
    /// <summary>Columns to read.</summary>
    public abstract ImmutableArray<string> ColumnsOf(LakeVersion version, LakeFile file);

    /// <summary>Rows of a vector of the file follow.</summary>
    public abstract void Begin(LakeVersion version, LakeFile file, Batch batch, int vector);

    public abstract bool TryRead(int index, out TRow row, out DecodeFault fault);

    public abstract void Dispose();
}
