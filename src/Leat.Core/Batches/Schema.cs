using System.Collections;
using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>Columns of a batch or dataset, in order. Compared by content.</summary>
public sealed class Schema : IReadOnlyList<Field>, IEquatable<Schema>
{
    private readonly ImmutableArray<Field> _fields;

    public Schema(params ImmutableArray<Field> fields) => _fields = fields;

    /// <summary>Schema of nullable columns from (name, type) pairs.</summary>
    public static Schema Of(params ReadOnlySpan<(string Name, DataType Type)> columns)
    {
        var fields = ImmutableArray.CreateBuilder<Field>(columns.Length);
        foreach (var (name, type) in columns) fields.Add(new Field(name, type));
        return new Schema(fields.MoveToImmutable());
    }

    public int Count => _fields.Length;

    public Field this[int index] => _fields[index];

    /// <summary>Index of the column, or -1. Ordinal comparison.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < _fields.Length; i++)
            if (string.Equals(_fields[i].Name, name, StringComparison.Ordinal)) return i;
        return -1;
    }

    public IEnumerator<Field> GetEnumerator() => ((IEnumerable<Field>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Schema? other) => other is not null && _fields.SequenceEqual(other._fields);

    public override bool Equals(object? obj) => Equals(obj as Schema);

    public override int GetHashCode() => _fields.Aggregate(_fields.Length, (hash, field) => HashCode.Combine(hash, field));

    public override string ToString() => $"({string.Join(", ", _fields.Select(f => $"{f.Name} {f.Type}"))})";
}
