using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>What records of a dataset must look like. Checked by collector, streams, ingestion and models alike.</summary>
public interface IDatasetContract
{
    /// <summary>Topic or table the contract belongs to.</summary>
    string Dataset { get; }

    /// <summary>File and line of the declaration.</summary>
    string DeclaredAt { get; }

    /// <summary>Declared fields, in order.</summary>
    ImmutableArray<ContractField> Fields { get; }

    /// <summary>What happens to a record that breaks the contract.</summary>
    ContractPolicy Policy { get; }

    /// <summary>Checks one JSON object without building it. Thread-safe, no allocation for a record that passes.</summary>
    /// <param name="json">UTF-8 bytes of one JSON object.</param>
    /// <returns>Null when the record passes, else the first violation in field order.</returns>
    ContractViolation? Check(ReadOnlySpan<byte> json);
}
