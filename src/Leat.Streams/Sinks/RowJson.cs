using System.Linq.Expressions;
using System.Text.Json;
using Leat.Core;
using Leat.Streams.Decoding;

namespace Leat.Streams.Sinks;

/// <summary>Rows of <typeparamref name="T"/> as JSON objects, by code compiled for the type: the names that a source of T reads.</summary>
internal sealed class RowJson<T>
{
    private readonly Action<Utf8JsonWriter, T> _write;

    private RowJson(Action<Utf8JsonWriter, T> write) => _write = write;

    /// <exception cref="LeatException">LEAT2103 a member's type cannot be written.</exception>
    public static RowJson<T> Create()
    {
        var writer = Expression.Parameter(typeof(Utf8JsonWriter), "writer");
        var row = Expression.Parameter(typeof(T), "row");
        var steps = RecordShape.Of(typeof(T)).Members.Select(member => Member(writer, row, member));
        return new RowJson<T>(Expression.Lambda<Action<Utf8JsonWriter, T>>(Expression.Block(steps.Append(Expression.Empty())), writer, row).Compile());
    }

    public void Write(Utf8JsonWriter writer, T row)
    {
        writer.WriteStartObject();
        _write(writer, row);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static Expression Member(ParameterExpression writer, ParameterExpression row, RecordMember member)
    {
        var value = Expression.Property(row, member.Property);
        if (Nullable.GetUnderlyingType(member.Property.PropertyType) is null) return Cell(writer, member, value);
        var none = Expression.Call(writer, nameof(Utf8JsonWriter.WriteNull), null, Expression.Constant(member.Name));
        return Expression.IfThenElse(Expression.Property(value, "HasValue"), Cell(writer, member, Expression.Property(value, "Value")), none);
    }

    private static MethodCallExpression Cell(ParameterExpression writer, RecordMember member, Expression value)
    {
        if (member.ValueType.IsEnum) value = Expression.Call(typeof(Keys.KeyLeaf), nameof(Keys.KeyLeaf.EnumName), [member.ValueType], value);
        else if (member.ValueType.IsPrimitive && member.ValueType != typeof(bool) && member.ValueType != typeof(ulong) && member.ValueType != typeof(float) && member.ValueType != typeof(double)) value = Expression.Convert(value, typeof(long));
        var method = typeof(JsonCell).GetMethod(member.EpochMilliseconds ? nameof(JsonCell.WriteEpoch) : nameof(JsonCell.Write), [typeof(Utf8JsonWriter), typeof(string), value.Type])!;
        return Expression.Call(method, writer, Expression.Constant(member.Name), value);
    }
}
