using System.Collections.Immutable;
using System.Reflection;
using Leat.Lake.Protocol;

namespace Leat.Lake.Commits;

/// <summary>The commitInfo line of Leat's commits.</summary>
internal static class CommitMark
{
    private static readonly string Engine = "Leat/" + (typeof(CommitMark).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    public static DeltaAction.CommitInfo Write(long nowMs, string mode, TableState state) => new(nowMs, "WRITE")
    {
        Parameters = ImmutableDictionary<string, string>.Empty.Add("mode", mode).Add("partitionBy", PartitionText(state.Metadata.PartitionColumns)),
        ReadVersion = state.Version,
        IsBlindAppend = mode == "Append",
        EngineInfo = Engine,
        TxnId = Guid.NewGuid().ToString(),
    };

    public static DeltaAction.CommitInfo Merge(long nowMs, TableState state) => new(nowMs, "MERGE")
    {
        ReadVersion = state.Version,
        IsBlindAppend = false,
        EngineInfo = Engine,
        TxnId = Guid.NewGuid().ToString(),
    };

    public static DeltaAction.CommitInfo Create(long nowMs, ImmutableArray<string> partitionColumns) => new(nowMs, "CREATE TABLE")
    {
        Parameters = ImmutableDictionary<string, string>.Empty.Add("partitionBy", PartitionText(partitionColumns)),
        IsBlindAppend = true,
        EngineInfo = Engine,
        TxnId = Guid.NewGuid().ToString(),
    };

    /// <summary>The commit's own id, by which its writer knows it again.</summary>
    public static string? IdOf(IEnumerable<DeltaAction> actions) => actions.OfType<DeltaAction.CommitInfo>().FirstOrDefault()?.TxnId;

    private static string PartitionText(ImmutableArray<string> columns) => $"[{string.Join(",", columns.Select(c => $"\"{c}\""))}]";
}
