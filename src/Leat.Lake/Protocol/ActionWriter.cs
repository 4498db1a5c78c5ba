using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Leat.Lake.Protocol;

/// <summary>Writes the lines of a commit.</summary>
internal static class ActionWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 text of the commit, one action a line, in the order given.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<DeltaAction> actions)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var action in actions)
        {
            using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, action);
            buffer.Write("\n"u8);
        }
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, DeltaAction action)
    {
        json.WriteStartObject();
        switch (action)
        {
            case DeltaAction.AddFile add: WriteAdd(json, add); break;
            case DeltaAction.RemoveFile remove: WriteRemove(json, remove); break;
            case DeltaAction.Metadata metadata: WriteMetadata(json, metadata); break;
            case DeltaAction.ProtocolVersion protocol: WriteProtocol(json, protocol); break;
            case DeltaAction.SetTransaction transaction: WriteTransaction(json, transaction); break;
            case DeltaAction.CommitInfo info: WriteCommitInfo(json, info); break;
            default: throw new ArgumentException($"{action.GetType().Name} does not stand in a commit", nameof(action));
        }
        json.WriteEndObject();
    }

    private static void WriteAdd(Utf8JsonWriter json, DeltaAction.AddFile add)
    {
        json.WriteStartObject("add");
        json.WriteString("path", DataPath.Encode(add.Path));
        WriteMap(json, "partitionValues", add.PartitionValues);
        json.WriteNumber("size", add.SizeBytes);
        json.WriteNumber("modificationTime", add.ModificationTimeMs);
        json.WriteBoolean("dataChange", add.DataChange);
        if (add.Stats is not null) json.WriteString("stats", add.Stats);
        if (add.DeletionVector is { } vector) WriteVector(json, vector);
        json.WriteEndObject();
    }

    private static void WriteRemove(Utf8JsonWriter json, DeltaAction.RemoveFile remove)
    {
        json.WriteStartObject("remove");
        json.WriteString("path", DataPath.Encode(remove.Path));
        if (remove.DeletionTimestampMs is { } deleted) json.WriteNumber("deletionTimestamp", deleted);
        json.WriteBoolean("dataChange", remove.DataChange);
        if (remove.SizeBytes is { } size)
        {
            json.WriteBoolean("extendedFileMetadata", true);
            WriteMap(json, "partitionValues", remove.PartitionValues);
            json.WriteNumber("size", size);
        }
        if (remove.DeletionVector is { } vector) WriteVector(json, vector);
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, DeletionVectorDescriptor vector)
    {
        json.WriteStartObject("deletionVector");
        json.WriteString("storageType", vector.StorageType);
        json.WriteString("pathOrInlineDv", vector.PathOrInline);
        if (vector.Offset is { } offset) json.WriteNumber("offset", offset);
        json.WriteNumber("sizeInBytes", vector.SizeBytes);
        json.WriteNumber("cardinality", vector.Cardinality);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, DeltaAction.Metadata metadata)
    {
        json.WriteStartObject("metaData");
        json.WriteString("id", metadata.Id);
        if (metadata.Name is not null) json.WriteString("name", metadata.Name);
        json.WriteStartObject("format");
        json.WriteString("provider", metadata.Provider);
        json.WriteStartObject("options");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("schemaString", metadata.SchemaString);
        WriteTexts(json, "partitionColumns", metadata.PartitionColumns);
        WriteMap(json, "configuration", metadata.Configuration);
        if (metadata.CreatedTimeMs is { } created) json.WriteNumber("createdTime", created);
        json.WriteEndObject();
    }

    private static void WriteProtocol(Utf8JsonWriter json, DeltaAction.ProtocolVersion protocol)
    {
        json.WriteStartObject("protocol");
        json.WriteNumber("minReaderVersion", protocol.Reader);
        json.WriteNumber("minWriterVersion", protocol.Writer);
        if (protocol.Reader >= 3) WriteTexts(json, "readerFeatures", protocol.ReaderFeatures);
        if (protocol.Writer >= 7) WriteTexts(json, "writerFeatures", protocol.WriterFeatures);
        json.WriteEndObject();
    }

    private static void WriteTransaction(Utf8JsonWriter json, DeltaAction.SetTransaction transaction)
    {
        json.WriteStartObject("txn");
        json.WriteString("appId", transaction.AppId);
        json.WriteNumber("version", transaction.Version);
        if (transaction.LastUpdatedMs is { } updated) json.WriteNumber("lastUpdated", updated);
        json.WriteEndObject();
    }

    private static void WriteCommitInfo(Utf8JsonWriter json, DeltaAction.CommitInfo info)
    {
        json.WriteStartObject("commitInfo");
        json.WriteNumber("timestamp", info.TimestampMs);
        json.WriteString("operation", info.Operation);
        json.WriteStartObject("operationParameters");
        foreach (var (name, value) in info.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteEndObject();
        if (info.ReadVersion is { } readVersion) json.WriteNumber("readVersion", readVersion);
        if (info.IsBlindAppend is { } blind) json.WriteBoolean("isBlindAppend", blind);
        if (info.EngineInfo is not null) json.WriteString("engineInfo", info.EngineInfo);
        if (info.TxnId is not null) json.WriteString("txnId", info.TxnId);
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, ImmutableDictionary<string, string?> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
