using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;
using Leat.Streams.Decoding;

namespace Leat.Streams.LakeSources;

/// <summary>The table's rows with what happened to them: from the change data feed, or whole files that came or went.</summary>
internal sealed class ChangedRows<T> : LakeRows<LakeChange<T>>
{
    private readonly ColumnDecoder<T> _decoder = new();
    private LakeChange<T> _like;
    private ColumnVector? _types;

    public override ImmutableArray<string> ColumnsOf(LakeVersion version, LakeFile file)
    {
        var columns = _decoder.ColumnsOf(version.Schema, version.Table);
        return file.Kind == LakeFileKind.ChangeData ? columns.Add(LakeVersion.ChangeType) : columns;
    }

    public override void Begin(LakeVersion version, LakeFile file, Batch batch, int vector)
    {
        _decoder.Begin(batch, vector);
        _types = file.Kind == LakeFileKind.ChangeData ? batch[LakeVersion.ChangeType].Vectors[vector] : null;
        _like = new LakeChange<T>(default!, file.Kind == LakeFileKind.Deleted ? LakeChangeType.Delete : LakeChangeType.Insert, version.Version, version.CommittedAt);
    }

    public override bool TryRead(int index, out LakeChange<T> row, out DecodeFault fault)
    {
        var isRow = _decoder.TryRead(index, out var value, out fault);
        row = _like with { Row = value };
        if (!isRow || _types is null) return isRow;
        if (!_types.IsValid(index) || TypeOf(_types.Values<Text>()[index]) is not { } type)
        {
            fault = new DecodeFault(index, "LEAT2112", $"'{LakeVersion.ChangeType}' is {(_types.IsValid(index) ? _types.Values<Text>()[index].ToString() : "NULL")}, expected insert, delete, update_preimage or update_postimage");
            return false;
        }

        row = row with { Type = type };
        return true;
    }

    public override void Dispose() => _decoder.Dispose();

    private static LakeChangeType? TypeOf(Text text) => text.Bytes switch
    {
        var word when word.SequenceEqual("insert"u8) => LakeChangeType.Insert,
        var word when word.SequenceEqual("delete"u8) => LakeChangeType.Delete,
        var word when word.SequenceEqual("update_preimage"u8) => LakeChangeType.UpdateBefore,
        var word when word.SequenceEqual("update_postimage"u8) => LakeChangeType.UpdateAfter,
        _ => null,
    };
}
