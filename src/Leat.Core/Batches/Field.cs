namespace Leat.Core;

/// <summary>A named, typed column of a schema or member of a struct.</summary>
/// <param name="Name">Name as written; compared by ordinal.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="Nullable">Whether NULL may occur.</param>
public sealed record Field(string Name, DataType Type, bool Nullable = true);
