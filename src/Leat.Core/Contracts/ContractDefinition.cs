using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>A contract as it is declared in a source file; the checker is made from it.</summary>
/// <param name="Dataset">Topic or table the contract belongs to.</param>
/// <param name="DeclaredAt">File, line and column of the declaration, as <c>sources/x.yml:3:5</c>.</param>
/// <param name="Policy">What happens to a record that breaks the contract.</param>
/// <param name="AllowUnknown">Members that are not declared pass; else they break the contract.</param>
/// <param name="Fields">Declared fields, in order; names are distinct.</param>
public sealed record ContractDefinition(
    string Dataset,
    string DeclaredAt,
    ContractPolicy Policy,
    bool AllowUnknown,
    ImmutableArray<ContractFieldDefinition> Fields);
