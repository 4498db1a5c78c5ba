using System.Collections.Immutable;

namespace Leat.Lake.Protocol;

/// <summary>A table at one version, as the log tells it.</summary>
internal sealed record TableState(
    string Table,
    long Version,
    DeltaAction.ProtocolVersion Protocol,
    DeltaAction.Metadata Metadata,
    TableSchema Schema,
    ImmutableDictionary<FileKey, DeltaAction.AddFile> Files,
    ImmutableDictionary<string, DeltaAction.SetTransaction> Transactions);
