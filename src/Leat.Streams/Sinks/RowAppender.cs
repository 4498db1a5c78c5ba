using System.Linq.Expressions;
using Leat.Core;
using Leat.Streams.Decoding;

namespace Leat.Streams.Sinks;

/// <summary>Puts the members of <typeparamref name="T"/> into the columns of a batch, by code compiled for the type.</summary>
internal sealed class RowAppender<T>
{
    private readonly Action<BatchBuilder, T> _append;

    private RowAppender(Schema schema, Action<BatchBuilder, T> append) => (Schema, _append) = (schema, append);

    public Schema Schema { get; }

    /// <exception cref="LeatException">LEAT2103 a member's type cannot be a column.</exception>
    public static RowAppender<T> Create()
    {
        var shape = RecordShape.Of(typeof(T));
        var builder = Expression.Parameter(typeof(BatchBuilder), "builder");
        var row = Expression.Parameter(typeof(T), "row");
        var steps = shape.Members.Select((member, i) => Append(builder, Expression.Property(row, member.Property), member, i)).ToList();
        var append = Expression.Lambda<Action<BatchBuilder, T>>(Expression.Block(steps), builder, row).Compile();
        return new RowAppender<T>(new Schema([.. shape.Members.Select(m => new Field(m.Name, Values.ColumnType(m.ValueType), m.Optional))]), append);
    }

    public void Append(BatchBuilder builder, T row)
    {
        _append(builder, row);
        builder.EndRow();
    }

    /// <summary>The columns of a row that its caller ends.</summary>
    public void Fill(BatchBuilder builder, T row) => _append(builder, row);

    private static Expression Append(ParameterExpression builder, Expression value, RecordMember member, int column)
    {
        var target = Expression.Property(builder, "Item", Expression.Constant(column));
        var isNullable = Nullable.GetUnderlyingType(member.Property.PropertyType) is not null;
        var present = isNullable ? Expression.Property(value, "Value") : value;
        var put = Put(target, present, member.ValueType);
        return isNullable ? Expression.IfThenElse(Expression.Property(value, "HasValue"), put, Expression.Call(target, nameof(VectorBuilder.AppendNull), null)) : put;
    }

    private static MethodCallExpression Put(Expression target, Expression value, Type type)
    {
        if (type.IsEnum) return Call(target, nameof(VectorBuilder.AppendText), Expression.Call(typeof(Keys.KeyLeaf), nameof(Keys.KeyLeaf.EnumName), [type], value));
        if (type == typeof(string) || type == typeof(Text)) return Call(target, nameof(VectorBuilder.AppendText), value);
        if (type == typeof(DateTime)) return Call(target, nameof(VectorBuilder.AppendTimestamp), value);
        if (type == typeof(DateOnly)) return Call(target, nameof(VectorBuilder.AppendDate), value);
        if (type == typeof(Guid)) return Call(target, nameof(VectorBuilder.AppendUuid), value);
        return type == typeof(decimal) ? Call(target, nameof(VectorBuilder.AppendDecimal), value) : Call(target, nameof(VectorBuilder.Append), value);
    }

    private static MethodCallExpression Call(Expression target, string method, Expression value) =>
        Expression.Call(target, typeof(VectorBuilder).GetMethod(method, [value.Type])!, value);
}
