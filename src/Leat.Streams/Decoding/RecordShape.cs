using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Leat.Core;

namespace Leat.Streams.Decoding;

/// <summary>What a record type consists of: constructor and members, by reflection, once a type.</summary>
internal sealed record RecordShape(Type Type, ConstructorInfo? Constructor, ImmutableArray<RecordMember> Members)
{
    /// <exception cref="LeatException">LEAT2103 no usable constructor, or a member of a type that is not supported.</exception>
    public static RecordShape Of(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod is not null && p.GetIndexParameters().Length == 0).ToList();
        var constructor = Choose(type, properties);
        if (constructor is null && !type.IsValueType) throw StreamErrors.RecordType(type, "has no public constructor whose parameters are named as its properties");
        var nullability = new NullabilityInfoContext();
        var members = ImmutableArray.CreateBuilder<RecordMember>();
        foreach (var property in properties)
        {
            var parameter = constructor?.GetParameters().FirstOrDefault(p => IsFor(p, property));
            if (parameter is null && property.SetMethod is not { IsPublic: true }) continue;
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is not null && parameter is null) continue;
            members.Add(Member(type, property, parameter, nullability));
        }

        if (members.Count == 0) throw StreamErrors.RecordType(type, "has no member that can be set");
        return new RecordShape(type, constructor, members.ToImmutable());
    }

    private static RecordMember Member(Type type, PropertyInfo property, ParameterInfo? parameter, NullabilityInfoContext nullability)
    {
        var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        var epoch = property.IsDefined(typeof(EpochMillisecondsAttribute)) || parameter?.IsDefined(typeof(EpochMillisecondsAttribute)) == true;
        var optional = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (property.PropertyType == typeof(string) && nullability.Create(property).ReadState == NullabilityState.Nullable);
        var member = new RecordMember(name, property, parameter, optional, epoch);
        if (!Values.Supports(member.ValueType)) throw StreamErrors.RecordType(type, $"has member {property.Name} of type {property.PropertyType.Name}");
        if (epoch && member.ValueType != typeof(DateTime)) throw StreamErrors.RecordType(type, $"has [EpochMilliseconds] on {property.Name}, which is no DateTime");
        return member;
    }

    private static ConstructorInfo? Choose(Type type, List<PropertyInfo> properties) => type.GetConstructors()
        .Where(c => c.GetParameters().All(p => properties.Any(q => IsFor(p, q))))
        .OrderByDescending(c => c.GetParameters().Length)
        .FirstOrDefault();

    private static bool IsFor(ParameterInfo parameter, PropertyInfo property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && parameter.ParameterType == property.PropertyType;
}
