using System.Collections.Frozen;
using Leat.Core;

namespace Leat.Quality;

/// <summary>All contracts that the rooms declare, made at first use.</summary>
public sealed class DatasetContracts(IEnumerable<IContractSource> sources) : IDatasetContracts
{
    private readonly Lazy<FrozenDictionary<string, IDatasetContract>> _contracts = new(() => Make(sources));

    /// <inheritdoc/>
    /// <exception cref="LeatException">LEAT1310 a contract cannot be used; LEAT1311 two are declared for one dataset.</exception>
    public IDatasetContract? Find(string dataset) => _contracts.Value.GetValueOrDefault(dataset);

    private static FrozenDictionary<string, IDatasetContract> Make(IEnumerable<IContractSource> sources)
    {
        var contracts = new Dictionary<string, IDatasetContract>(StringComparer.Ordinal);
        foreach (var definition in sources.SelectMany(source => source.Contracts))
        {
            if (contracts.TryAdd(definition.Dataset, new ContractChecker(definition))) continue;
            throw new LeatException("LEAT1311", $"'{definition.Dataset}' has a second contract; the first is at {contracts[definition.Dataset].DeclaredAt}", definition.DeclaredAt, "keep one of the two");
        }
        return contracts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
