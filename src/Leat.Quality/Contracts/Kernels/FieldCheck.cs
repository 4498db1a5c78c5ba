using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Reads one value of a record as its declared type, without building it.</summary>
internal abstract class FieldCheck(ContractFieldDefinition field)
{
    /// <summary>The declaration.</summary>
    public ContractFieldDefinition Field { get; } = field;

    /// <summary>Name as it stands in JSON when nothing is escaped.</summary>
    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(field.Name);

    /// <summary>What is accepted, for messages: "a whole number from 0 to 255".</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether an empty text means "no value" (true for all but texts, as files and forms write it).</summary>
    public virtual bool EmptyIsMissing => true;

    /// <summary>Checks the reader's current token, which is neither null nor an empty text that means null.</summary>
    public abstract FieldFault Check(ref Utf8JsonReader reader);
}
