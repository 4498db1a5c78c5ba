using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Checks records against a declared contract in one pass over their bytes. Thread-safe; a record that passes allocates nothing.</summary>
/// <remarks>
/// Numbers, flags and times are accepted as JSON values and as texts that parse; an empty text counts as missing for all types but text.
/// A declared member that occurs twice is malformed; of nested values only the outer shape is checked.
/// </remarks>
public sealed class ContractChecker : IDatasetContract
{
    /// <summary>Most fields of a contract.</summary>
    public const int MostFields = 1_024;

    private readonly FieldCheck[] _checks;
    private readonly bool _allowUnknown;

    /// <exception cref="LeatException">LEAT1310 a rule does not fit its field, a name stands twice, or there are more than 1,024 fields.</exception>
    public ContractChecker(ContractDefinition definition)
    {
        Dataset = definition.Dataset;
        DeclaredAt = definition.DeclaredAt;
        Policy = definition.Policy;
        Fields = [.. definition.Fields.Select(field => new ContractField(field.Name, field.Type, field.Required))];
        _allowUnknown = definition.AllowUnknown;
        if (definition.Fields.Length > MostFields) throw new LeatException("LEAT1310", $"the contract of '{Dataset}' has {definition.Fields.Length} fields; at most {MostFields} are allowed", DeclaredAt, "declare the fields that matter and allow unknown ones");
        if (definition.Fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new LeatException("LEAT1310", $"field '{twice.Key}' is declared {twice.Count()} times", DeclaredAt, "keep one of them");
        _checks = [.. definition.Fields.Select(field => FieldChecks.For(field, DeclaredAt))];
    }

    public string Dataset { get; }

    public string DeclaredAt { get; }

    public ImmutableArray<ContractField> Fields { get; }

    public ContractPolicy Policy { get; }

    public ContractViolation? Check(ReadOnlySpan<byte> json)
    {
        try
        {
            return Utf8.IsValid(json) ? new ContractScan(_checks, _allowUnknown).Run(json) : new ContractViolation("LEAT1301", "", "the record is not UTF-8; send UTF-8");
        }
        catch (JsonException broken)
        {
            return ViolationTexts.Malformed(json, broken);
        }
    }
}
