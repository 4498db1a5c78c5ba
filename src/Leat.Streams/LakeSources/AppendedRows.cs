using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.Decoding;

namespace Leat.Streams.LakeSources;

/// <summary>The table's rows as they are.</summary>
internal sealed class AppendedRows<T> : LakeRows<T>
{
    private readonly ColumnDecoder<T> _decoder = new();

    public override ImmutableArray<string> ColumnsOf(LakeVersion version, LakeFile file) => _decoder.ColumnsOf(version.Schema, version.Table);

    public override void Begin(LakeVersion version, LakeFile file, Batch batch, int vector) => _decoder.Begin(batch, vector);

    public override bool TryRead(int index, out T row, out DecodeFault fault) => _decoder.TryRead(index, out row, out fault);

    public override void Dispose() => _decoder.Dispose();
}
