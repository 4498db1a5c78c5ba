using System.Reflection;

namespace Leat.Streams.Decoding;

/// <summary>One member of a record type.</summary>
/// <param name="Name">Name in JSON and in tables.</param>
/// <param name="Property">The property.</param>
/// <param name="Parameter">The constructor parameter that sets it; null = set by its init accessor.</param>
/// <param name="Optional">May be missing or null.</param>
/// <param name="EpochMilliseconds">A DateTime given in milliseconds.</param>
internal sealed record RecordMember(string Name, PropertyInfo Property, ParameterInfo? Parameter, bool Optional, bool EpochMilliseconds)
{
    /// <summary>Type without <see cref="Nullable{T}"/>.</summary>
    public Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
}
