using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace Leat.Streams.Rows;

/// <summary>Members of a composite type in a fixed order, and how a value is made of them again.</summary>
/// <param name="Members">Properties or fields.</param>
/// <param name="Make">From one expression a member.</param>
internal sealed record RowParts(ImmutableArray<MemberInfo> Members, Func<ImmutableArray<Expression>, Expression> Make)
{
    /// <summary>A tuple, a record or class whose constructor names its properties, or a struct of fields and settable properties; null: none of these.</summary>
    public static RowParts? Of(Type type)
    {
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true) return Tuple(type);
        if (type.IsPrimitive || type.IsInterface || type.IsAbstract || type.Namespace == nameof(System)) return null;
        return ByConstructor(type) ?? (type.IsValueType ? ByMembers(type) : null);
    }

    private static RowParts? Tuple(Type type)
    {
        var fields = type.GetFields().Where(f => f.Name.StartsWith("Item", StringComparison.Ordinal)).Cast<MemberInfo>().ToImmutableArray();
        var constructor = type.GetConstructors().SingleOrDefault(c => c.GetParameters().Length == fields.Length);
        return constructor is null ? null : new RowParts(fields, values => Expression.New(constructor, values));
    }

    private static RowParts? ByConstructor(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        foreach (var constructor in type.GetConstructors(Own).OrderByDescending(c => c.GetParameters().Length))
        {
            var members = constructor.GetParameters().Select(p => type.GetProperty(p.Name ?? "", BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property && property.PropertyType == p.ParameterType ? property : null).ToList();
            if (members.Count == 0 || members.Exists(m => m is null)) continue;
            var others = Settable(type).Where(m => !members.Contains(m as PropertyInfo)).ToImmutableArray();
            return new RowParts([.. members.Select(m => (MemberInfo)m!), .. others], values => Bind(Expression.New(constructor, values[..members.Count]), others, values[members.Count..]));
        }

        return null;
    }

    private static RowParts? ByMembers(Type type)
    {
        var members = Settable(type);
        return members.IsEmpty ? null : new RowParts(members, values => Bind(Expression.New(type), members, values));
    }

    private static ImmutableArray<MemberInfo> Settable(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.IsInitOnly),
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p is { GetMethod.IsPublic: true, SetMethod.IsPublic: true }),
    ];

    private static Expression Bind(NewExpression made, ImmutableArray<MemberInfo> members, ImmutableArray<Expression> values) =>
        members.IsEmpty ? made : Expression.MemberInit(made, members.Select((m, i) => Expression.Bind(m, values[i])));
}
