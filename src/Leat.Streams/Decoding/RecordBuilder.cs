using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace Leat.Streams.Decoding;

/// <summary>Compiles the code that makes a record of fields: a class with <c>IsNull(slot)</c>, <c>GetEnum</c>, <c>GetEpochMilliseconds</c> and one <c>GetXxx(slot)</c> a type.</summary>
internal static class RecordBuilder
{
    /// <param name="shape">Of <typeparamref name="T"/>; member i is read from slot i.</param>
    /// <param name="owned">Receives what the code holds on to, the caller's to dispose.</param>
    public static Func<TFields, T> Compile<TFields, T>(RecordShape shape, List<IDisposable> owned)
    {
        var fields = Expression.Parameter(typeof(TFields), "fields");
        var values = shape.Members.Select((member, slot) => Read(fields, member, slot, owned)).ToImmutableArray();
        var arguments = shape.Constructor is null ? [] : shape.Constructor.GetParameters().Select(p => values[IndexOf(shape, p)]).ToList();
        var made = shape.Constructor is null ? Expression.New(typeof(T)) : Expression.New(shape.Constructor, arguments);
        var bindings = shape.Members.Select((member, slot) => (member, slot)).Where(m => m.member.Parameter is null)
            .Select(m => Expression.Bind(m.member.Property, values[m.slot])).ToList();
        Expression body = bindings.Count == 0 ? made : Expression.MemberInit(made, bindings);
        return Expression.Lambda<Func<TFields, T>>(body, fields).Compile();
    }

    private static int IndexOf(RecordShape shape, ParameterInfo parameter)
    {
        for (var i = 0; i < shape.Members.Length; i++)
            if (shape.Members[i].Parameter == parameter) return i;
        throw new InvalidOperationException(parameter.Name);
    }

    private static Expression Read(ParameterExpression fields, RecordMember member, int slot, List<IDisposable> owned)
    {
        var index = Expression.Constant(slot);
        var type = member.Property.PropertyType;
        Expression value = member.ValueType.IsEnum ? ReadEnum(fields, member.ValueType, index, owned) : Expression.Call(fields, Reader(fields.Type, member), index);
        if (value.Type != type) value = Expression.Convert(value, type);
        if (member.Parameter is { HasDefaultValue: true } parameter)
            return Expression.Condition(IsNull(fields, index), Default(type, parameter.DefaultValue), value);
        return member.Optional ? Expression.Condition(IsNull(fields, index), Expression.Default(type), value) : value;
    }

    private static MethodCallExpression IsNull(ParameterExpression fields, ConstantExpression index) =>
        Expression.Call(fields, fields.Type.GetMethod(nameof(JsonFields.IsNull))!, index);

    private static Expression Default(Type type, object? value) =>
        value is null ? Expression.Default(type) : Expression.Convert(Expression.Constant(value), type);

    private static MethodCallExpression ReadEnum(ParameterExpression fields, Type type, ConstantExpression index, List<IDisposable> owned)
    {
        var names = (IDisposable)Activator.CreateInstance(typeof(EnumNames<>).MakeGenericType(type))!;
        owned.Add(names);
        var method = fields.Type.GetMethod(nameof(JsonFields.GetEnum))!.MakeGenericMethod(type);
        return Expression.Call(fields, method, index, Expression.Constant(names));
    }

    private static MethodInfo Reader(Type fields, RecordMember member)
    {
        var name = member.EpochMilliseconds ? nameof(JsonFields.GetEpochMilliseconds) : $"Get{member.ValueType.Name}";
        return fields.GetMethod(name) ?? throw StreamErrors.RecordType(member.Property.DeclaringType!, $"has member {member.Property.Name} of type {member.ValueType.Name}");
    }
}
