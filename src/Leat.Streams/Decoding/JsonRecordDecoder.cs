using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using Leat.Core;

namespace Leat.Streams.Decoding;

/// <summary>JSON objects to <typeparamref name="T"/>: scans the record bytes once and builds the row by code compiled for the type. No allocation a record but for members of type string.</summary>
internal sealed class JsonRecordDecoder<T> : IRecordDecoder<T>
{
    private readonly JsonFields _fields;
    private readonly Func<JsonFields, T> _build;
    private readonly List<IDisposable> _owned = [];

    public JsonRecordDecoder()
    {
        var shape = RecordShape.Of(typeof(T));
        _fields = new JsonFields([.. shape.Members.Select(m => m.Name)]);
        _build = Compile(shape);
    }

    public void Decode(RecordSlice[] records, int count, T[] rows, List<DecodeFault> faults)
    {
        _fields.NextBatch();
        for (var i = 0; i < count; i++)
        {
            if (_fields.TryScan(ref records[i])) rows[i] = _build(_fields);
            if (_fields.HasFault) faults.Add(_fields.TakeFault(i));
        }
    }

    public void Dispose()
    {
        _fields.Dispose();
        foreach (var owned in _owned) owned.Dispose();
    }

    private Func<JsonFields, T> Compile(RecordShape shape)
    {
        var fields = Expression.Parameter(typeof(JsonFields), "fields");
        var values = shape.Members.Select((member, slot) => Read(fields, member, slot)).ToImmutableArray();
        var arguments = shape.Constructor is null ? [] : shape.Constructor.GetParameters().Select(p => values[IndexOf(shape, p)]).ToList();
        var made = shape.Constructor is null ? Expression.New(typeof(T)) : Expression.New(shape.Constructor, arguments);
        var bindings = shape.Members.Select((member, slot) => (member, slot)).Where(m => m.member.Parameter is null)
            .Select(m => Expression.Bind(m.member.Property, values[m.slot])).ToList();
        Expression body = bindings.Count == 0 ? made : Expression.MemberInit(made, bindings);
        return Expression.Lambda<Func<JsonFields, T>>(body, fields).Compile();
    }

    private static int IndexOf(RecordShape shape, ParameterInfo parameter)
    {
        for (var i = 0; i < shape.Members.Length; i++)
            if (shape.Members[i].Parameter == parameter) return i;
        throw new InvalidOperationException(parameter.Name);
    }

    private Expression Read(ParameterExpression fields, RecordMember member, int slot)
    {
        var index = Expression.Constant(slot);
        var type = member.Property.PropertyType;
        Expression value = member.ValueType.IsEnum ? ReadEnum(fields, member.ValueType, index) : Expression.Call(fields, Reader(member), index);
        if (value.Type != type) value = Expression.Convert(value, type);
        if (member.Parameter is { HasDefaultValue: true } parameter)
            return Expression.Condition(IsNull(fields, index), Default(type, parameter.DefaultValue), value);
        return member.Optional ? Expression.Condition(IsNull(fields, index), Expression.Default(type), value) : value;
    }

    private static MethodCallExpression IsNull(ParameterExpression fields, ConstantExpression index) =>
        Expression.Call(fields, typeof(JsonFields).GetMethod(nameof(JsonFields.IsNull))!, index);

    private static Expression Default(Type type, object? value) =>
        value is null ? Expression.Default(type) : Expression.Convert(Expression.Constant(value), type);

    private MethodCallExpression ReadEnum(ParameterExpression fields, Type type, ConstantExpression index)
    {
        var names = (IDisposable)Activator.CreateInstance(typeof(EnumNames<>).MakeGenericType(type))!;
        _owned.Add(names);
        var method = typeof(JsonFields).GetMethod(nameof(JsonFields.GetEnum))!.MakeGenericMethod(type);
        return Expression.Call(fields, method, index, Expression.Constant(names));
    }

    private static MethodInfo Reader(RecordMember member)
    {
        var name = member.EpochMilliseconds ? nameof(JsonFields.GetEpochMilliseconds) : $"Get{member.ValueType.Name}";
        return typeof(JsonFields).GetMethod(name) ?? throw StreamErrors.RecordType(member.Property.DeclaringType!, $"has member {member.Property.Name} of type {member.ValueType.Name}");
    }
}
