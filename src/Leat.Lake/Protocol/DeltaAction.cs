using System.Collections.Immutable;

namespace Leat.Lake.Protocol;

/// <summary>One line of a commit. Unknown actions are not represented.</summary>
internal abstract record DeltaAction
{
    private DeltaAction()
    {
    }

    /// <summary>A file becomes part of the table. The path is decoded once; relative to the table folder with '/', or absolute.</summary>
    internal sealed record AddFile(string Path, ImmutableDictionary<string, string?> PartitionValues, long SizeBytes, long ModificationTimeMs, bool DataChange) : DeltaAction
    {
        /// <summary>Statistics as JSON text; null when the writer gave none.</summary>
        public string? Stats { get; init; }

        public DeletionVectorDescriptor? DeletionVector { get; init; }

        public FileKey Key => FileKey.Of(Path, DeletionVector);
    }

    /// <summary>A file leaves the table.</summary>
    internal sealed record RemoveFile(string Path) : DeltaAction
    {
        public DeletionVectorDescriptor? DeletionVector { get; init; }

        public long? DeletionTimestampMs { get; init; }

        public bool DataChange { get; init; } = true;

        public ImmutableDictionary<string, string?> PartitionValues { get; init; } = ImmutableDictionary<string, string?>.Empty;

        public long? SizeBytes { get; init; }

        public FileKey Key => FileKey.Of(Path, DeletionVector);
    }

    /// <summary>Schema, partitioning and properties; replaces the former wholly.</summary>
    internal sealed record Metadata(string Id, string SchemaString, ImmutableArray<string> PartitionColumns) : DeltaAction
    {
        public string? Name { get; init; }

        public string Provider { get; init; } = "parquet";

        public ImmutableDictionary<string, string?> Configuration { get; init; } = ImmutableDictionary<string, string?>.Empty;

        public long? CreatedTimeMs { get; init; }
    }

    /// <summary>What a client must understand.</summary>
    internal sealed record ProtocolVersion(int Reader, int Writer) : DeltaAction
    {
        public ImmutableArray<string> ReaderFeatures { get; init; } = [];

        public ImmutableArray<string> WriterFeatures { get; init; } = [];
    }

    /// <summary>Highest version an application committed.</summary>
    internal sealed record SetTransaction(string AppId, long Version, long? LastUpdatedMs) : DeltaAction;

    /// <summary>Who wrote the commit, when and how.</summary>
    internal sealed record CommitInfo(long TimestampMs, string Operation) : DeltaAction
    {
        public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

        public long? ReadVersion { get; init; }

        public bool? IsBlindAppend { get; init; }

        public string? EngineInfo { get; init; }

        public string? TxnId { get; init; }
    }

    /// <summary>A file of the change data feed: what the commit did to single rows.</summary>
    internal sealed record ChangeFile(string Path, ImmutableDictionary<string, string?> PartitionValues, long SizeBytes) : DeltaAction;

    /// <summary>Checkpoints only: a file with further add and remove rows.</summary>
    internal sealed record Sidecar(string Path) : DeltaAction;
}
