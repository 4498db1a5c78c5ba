using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>A declared field with its rules; a rule that is null does not apply.</summary>
/// <param name="Name">JSON member or column.</param>
/// <param name="Type">Type the value must be readable as.</param>
/// <param name="Required">Must be present and not null.</param>
/// <param name="Min">Smallest number allowed, included.</param>
/// <param name="Max">Largest number allowed, included.</param>
/// <param name="Accepted">The only texts allowed.</param>
/// <param name="Pattern">Regular expression that the whole text must match.</param>
/// <param name="Format">How a text spells a date or time, in .NET's custom format.</param>
public sealed record ContractFieldDefinition(
    string Name,
    DataType Type,
    bool Required,
    decimal? Min = null,
    decimal? Max = null,
    ImmutableArray<string>? Accepted = null,
    string? Pattern = null,
    string? Format = null);
