namespace Leat.Core;

/// <summary>Contracts that a room declares (ingestion: those of <c>sources/*.yml</c>). Register it beside others; <see cref="IDatasetContracts"/> is made of all of them at its first use.</summary>
public interface IContractSource
{
    /// <summary>Declared contracts; one a dataset.</summary>
    IReadOnlyList<ContractDefinition> Contracts { get; }
}
