using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Leat.Core;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Rows;

/// <summary>Builds the expressions of <see cref="RowCodec{T}"/> for one type and, by recursion, for its members.</summary>
internal static class RowCode
{
    /// <summary>Type and member names as text; null: not a type that can be kept.</summary>
    public static string? Signature(Type type)
    {
        if (IsLeaf(type)) return type.IsEnum ? $"enum {type.Name}" : type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Signature(inner) is { } known ? known + "?" : null;
        if (RowParts.Of(type) is not { } parts) return null;
        var members = parts.Members.Select(m => Signature(TypeOf(m)) is { } known ? $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Name)} {known}" : null).ToList();
        return members.Contains(null) ? null : $"({string.Join(", ", members)})";
    }

    public static bool HasText(Type type) => type == typeof(Text)
        || (Nullable.GetUnderlyingType(type) is { } inner ? HasText(inner) : !IsLeaf(type) && RowParts.Of(type)!.Members.Any(m => HasText(TypeOf(m))));

    /// <summary>The value with its texts copied into the arena.</summary>
    public static Expression Copy(Expression value, Expression arena)
    {
        if (!HasText(value.Type)) return value;
        if (IsLeaf(value.Type)) return KeyLeaf.Copy(value, arena);
        if (Nullable.GetUnderlyingType(value.Type) is not null)
            return IfPresent(value, Expression.Convert(Copy(Expression.Property(value, "Value"), arena), value.Type), Expression.Default(value.Type));
        var parts = RowParts.Of(value.Type)!;
        var made = parts.Make([.. parts.Members.Select(m => Copy(Expression.MakeMemberAccess(value, m), arena))]);
        return value.Type.IsValueType ? made : IfPresent(value, made, Expression.Default(value.Type));
    }

    /// <summary>Bytes of arena memory that a copy takes.</summary>
    public static Expression TextBytes(Expression value)
    {
        var none = Expression.Constant(0);
        if (value.Type == typeof(Text)) return Expression.Call(typeof(RowCode), nameof(BytesOf), null, value);
        if (!HasText(value.Type)) return none;
        if (Nullable.GetUnderlyingType(value.Type) is not null) return IfPresent(value, TextBytes(Expression.Property(value, "Value")), none);
        var sum = RowParts.Of(value.Type)!.Members.Where(m => HasText(TypeOf(m))).Select(m => TextBytes(Expression.MakeMemberAccess(value, m))).Aggregate(Expression.Add);
        return value.Type.IsValueType ? sum : IfPresent(value, sum, none);
    }

    public static Expression Write(Expression value, Expression writer)
    {
        if (value.Type == typeof(float)) return KeyLeaf.Write(Expression.Convert(value, typeof(double)), writer);
        if (IsLeaf(value.Type)) return KeyLeaf.Write(value, writer);
        if (Nullable.GetUnderlyingType(value.Type) is not null) return WriteOptional(value, Write(Expression.Property(value, "Value"), writer), writer);
        var members = Expression.Block(RowParts.Of(value.Type)!.Members.Select(m => Write(Expression.MakeMemberAccess(value, m), writer)).Append(Expression.Empty()));
        return value.Type.IsValueType ? members : WriteOptional(value, members, writer);
    }

    public static Expression Read(Type type, Expression reader, Expression arena)
    {
        if (type == typeof(float)) return Expression.Convert(KeyLeaf.Read(typeof(double), reader, arena), typeof(float));
        if (IsLeaf(type)) return KeyLeaf.Read(type, reader, arena);
        if (Nullable.GetUnderlyingType(type) is { } inner) return ReadOptional(type, Expression.Convert(Read(inner, reader, arena), type), reader);
        var parts = RowParts.Of(type)!;
        var locals = parts.Members.Select(m => Expression.Variable(TypeOf(m))).ToList();
        var steps = locals.Select(local => (Expression)Expression.Assign(local, Read(local.Type, reader, arena)));
        var made = Expression.Block(type, locals, steps.Append(parts.Make([.. locals])));
        return type.IsValueType ? made : ReadOptional(type, made, reader);
    }

    /// <summary>Called by compiled code.</summary>
    public static int BytesOf(Text text) => text.Length <= Text.InlineLength ? 0 : text.Length;

    private static bool IsLeaf(Type type) => KeyLeaf.Supports(type) || type == typeof(double) || type == typeof(float);

    private static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    private static Expression HasValue(Expression value) => Nullable.GetUnderlyingType(value.Type) is null ? Expression.ReferenceNotEqual(value, Expression.Constant(null)) : Expression.Property(value, "HasValue");

    private static ConditionalExpression IfPresent(Expression value, Expression present, Expression absent) => Expression.Condition(HasValue(value), present, absent);

    private static ConditionalExpression WriteOptional(Expression value, Expression present, Expression writer)
    {
        var mark = typeof(StateWriter).GetMethod(nameof(StateWriter.Boolean))!;
        return Expression.IfThenElse(HasValue(value), Expression.Block(Expression.Call(writer, mark, Expression.Constant(true)), present, Expression.Empty()), Expression.Call(writer, mark, Expression.Constant(false)));
    }

    private static ConditionalExpression ReadOptional(Type type, Expression present, Expression reader) =>
        Expression.Condition(Expression.Call(reader, typeof(StateReader).GetMethod(nameof(StateReader.Boolean))!), present, Expression.Default(type));
}
