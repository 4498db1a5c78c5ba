using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Leat.Streams.Keys;

/// <summary>A key taken apart into simple values, and how it is made of them again.</summary>
internal sealed record KeyParts(ImmutableArray<Expression> Values, ImmutableArray<string> Names, Func<ImmutableArray<Expression>, Expression> Make)
{
    public static KeyParts Of(Expression key)
    {
        var type = key.Type;
        if (type == typeof(NoKey)) return new KeyParts([], [], _ => Expression.Default(type));
        if (KeyLeaf.Supports(type)) return new KeyParts([key], ["key"], parts => parts[0]);
        var (members, constructor) = type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true ? Tuple(type) : Record(type);
        var values = members.Select(m => (Expression)Expression.MakeMemberAccess(key, m)).ToImmutableArray();
        if (values.IsEmpty || values.Any(v => !KeyLeaf.Supports(v.Type))) throw StreamErrors.KeyType(type);
        return new KeyParts(values, [.. members.Select(m => JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Name))], parts => Expression.New(constructor, parts));
    }

    private static (ImmutableArray<MemberInfo>, ConstructorInfo) Tuple(Type type)
    {
        var fields = type.GetFields().Where(f => f.Name.StartsWith("Item", StringComparison.Ordinal)).Cast<MemberInfo>().ToImmutableArray();
        var constructor = type.GetConstructors().SingleOrDefault(c => c.GetParameters().Length == fields.Length) ?? throw StreamErrors.KeyType(type);
        return (fields, constructor);
    }

    private static (ImmutableArray<MemberInfo>, ConstructorInfo) Record(Type type)
    {
        foreach (var constructor in type.GetConstructors().OrderByDescending(c => c.GetParameters().Length))
        {
            var members = constructor.GetParameters().Select(p => type.GetProperty(p.Name ?? "")).ToList();
            if (members.Count > 0 && members.All(m => m is not null)) return ([.. members.Select(m => (MemberInfo)m!)], constructor);
        }

        throw StreamErrors.KeyType(type);
    }
}
