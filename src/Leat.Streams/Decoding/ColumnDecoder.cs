using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Decoding;

/// <summary>Rows of a table to <typeparamref name="T"/> by code compiled for the type: members are read straight from the columns of their names. No allocation a row but for members of type string. One thread.</summary>
internal sealed class ColumnDecoder<T> : IDisposable
{
    private static readonly TypeKind[] Times = [TypeKind.Timestamp, TypeKind.TimestampTz, TypeKind.TimestampMs, TypeKind.TimestampS, TypeKind.TimestampNs, TypeKind.Date];
    private static readonly TypeKind[] Wholes = [TypeKind.Int64, TypeKind.Int32, TypeKind.Int16, TypeKind.Int8, TypeKind.UInt8, TypeKind.UInt16, TypeKind.UInt32, TypeKind.UInt64, TypeKind.Decimal];
    private readonly RecordShape _shape = RecordShape.Of(typeof(T));
    private readonly List<IDisposable> _owned = [];
    private readonly ColumnFields _fields;
    private readonly Func<ColumnFields, T> _build;

    public ColumnDecoder()
    {
        _fields = new ColumnFields([.. _shape.Members.Select(m => m.Name)]);
        _build = RecordBuilder.Compile<ColumnFields, T>(_shape, _owned);
    }

    /// <summary>Columns of the table that members are read from; members that may be missing need none.</summary>
    /// <param name="schema">Of the table.</param>
    /// <param name="table">Its name, for errors.</param>
    /// <exception cref="LeatException">LEAT2152 a member without a column, or of a type that its column does not give.</exception>
    public ImmutableArray<string> ColumnsOf(Schema schema, string table)
    {
        var columns = ImmutableArray.CreateBuilder<string>();
        foreach (var member in _shape.Members)
        {
            var column = Find(schema, member.Name);
            if (column < 0 && !member.Optional && member.Parameter is not { HasDefaultValue: true }) throw StreamErrors.LakeColumn(table, member.Name, typeof(T), $"columns are {string.Join(", ", schema.Select(f => f.Name))}");
            if (column < 0) continue;
            if (!Gives(schema[column].Type.Kind, member)) throw StreamErrors.LakeColumn(table, member.Name, typeof(T), $"the column of that name is {schema[column].Type}, the member {member.Property.PropertyType.Name}");
            columns.Add(schema[column].Name);
        }

        return columns.ToImmutable();
    }

    /// <summary>Rows of a vector follow; texts of the rows are valid as long as the batch.</summary>
    public void Begin(Batch batch, int vector)
    {
        for (var slot = 0; slot < _shape.Members.Length; slot++) _fields.Bind(slot, Find(batch.Schema, _shape.Members[slot].Name) is >= 0 and var column ? batch[column].Vectors[vector] : null);
    }

    /// <param name="index">Row of the vector.</param>
    /// <param name="row">The row; anything when it is none.</param>
    /// <param name="fault">What is wrong; the default when nothing is.</param>
    public bool TryRead(int index, out T row, out DecodeFault fault)
    {
        _fields.Row = index;
        row = _build(_fields);
        fault = _fields.HasFault ? _fields.TakeFault(index) : default;
        return fault.Code is null;
    }

    public void Dispose()
    {
        foreach (var owned in _owned) owned.Dispose();
    }

    private static int Find(Schema schema, string name)
    {
        var exact = schema.IndexOf(name);
        if (exact >= 0) return exact;
        for (var i = 0; i < schema.Count; i++)
            if (string.Equals(schema[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    /// <summary>Columns of text give everything that JSON strings give.</summary>
    private static bool Gives(TypeKind column, RecordMember member)
    {
        var type = member.ValueType;
        if (column == TypeKind.Text) return true;
        if (type == typeof(Text) || type == typeof(string)) return false;
        if (type == typeof(bool)) return column == TypeKind.Boolean;
        if (type == typeof(DateTime)) return Times.Contains(column) || (member.EpochMilliseconds && Wholes.Contains(column));
        if (type == typeof(DateOnly)) return column == TypeKind.Date;
        if (type == typeof(Guid)) return column == TypeKind.Uuid;
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal)) return Wholes.Contains(column) || column is TypeKind.Float32 or TypeKind.Float64;
        return Wholes.Contains(column);
    }
}
