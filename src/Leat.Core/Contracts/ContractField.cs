namespace Leat.Core;

/// <summary>A declared field.</summary>
/// <param name="Name">JSON member or column.</param>
/// <param name="Type">Type the value must be readable as.</param>
/// <param name="Required">Must be present and not null.</param>
public sealed record ContractField(string Name, DataType Type, bool Required);
