namespace Leat.Core;

/// <summary>What happens to a record that breaks its contract.</summary>
public enum ContractPolicy
{
    /// <summary>Refused with a per-line error; nothing is stored.</summary>
    Reject,

    /// <summary>Stored in the dead-letter topic with the reason, and reported.</summary>
    Quarantine,
}
