namespace Leat.Core;

/// <summary>All contracts of the project.</summary>
public interface IDatasetContracts
{
    /// <summary>The contract of a topic or table, or null when none is declared.</summary>
    IDatasetContract? Find(string dataset);
}
