using System.Collections.Immutable;
using System.Text.Json;

namespace Leat.Lake.Protocol;

/// <summary>Reads actions from JSON, both commit lines and checkpoint rows (where the other members are null). Unknown actions and members are skipped.</summary>
internal static class ActionReader
{
    private delegate void Member(ref Utf8JsonReader json, string name);

    /// <summary>The action, or null when the line holds none that is known.</summary>
    /// <exception cref="JsonException">The line is not such a JSON object.</exception>
    public static DeltaAction? Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        DeltaAction? action = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("an action is a JSON object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;
            var read = ReadAction(ref json, name);
            action = read ?? action;
        }
        if (json.TokenType != JsonTokenType.EndObject) throw new JsonException("the object does not end");
        return action;
    }

    private static DeltaAction? ReadAction(ref Utf8JsonReader json, string name)
    {
        switch (name)
        {
            case "add": return ReadAdd(ref json);
            case "remove": return ReadRemove(ref json);
            case "metaData": return ReadMetadata(ref json);
            case "protocol": return ReadProtocol(ref json);
            case "txn": return ReadTransaction(ref json);
            case "commitInfo": return ReadCommitInfo(ref json);
            case "cdc": return ReadChangeFile(ref json);
            case "sidecar": return ReadSidecar(ref json);
            default:
                json.Skip();
                return null;
        }
    }

    private static DeltaAction.AddFile ReadAdd(ref Utf8JsonReader json)
    {
        string? path = null, stats = null;
        long size = 0, modified = 0;
        var dataChange = true;
        var partitionValues = ImmutableDictionary<string, string?>.Empty;
        DeletionVectorDescriptor? vector = null;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "path": path = value.GetString(); break;
                case "partitionValues": partitionValues = ReadMap(ref value); break;
                case "size": size = value.GetInt64(); break;
                case "modificationTime": modified = value.GetInt64(); break;
                case "dataChange": dataChange = value.GetBoolean(); break;
                case "stats": stats = value.GetString(); break;
                case "deletionVector": vector = ReadVector(ref value); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.AddFile(DataPath.Decode(Required(path, "add.path")), partitionValues, size, modified, dataChange) { Stats = stats, DeletionVector = vector };
    }

    private static DeltaAction.RemoveFile ReadRemove(ref Utf8JsonReader json)
    {
        string? path = null;
        long? deleted = null;
        long? size = null;
        var dataChange = true;
        var partitionValues = ImmutableDictionary<string, string?>.Empty;
        DeletionVectorDescriptor? vector = null;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "path": path = value.GetString(); break;
                case "partitionValues": partitionValues = ReadMap(ref value); break;
                case "size": size = value.GetInt64(); break;
                case "deletionTimestamp": deleted = value.GetInt64(); break;
                case "dataChange": dataChange = value.GetBoolean(); break;
                case "deletionVector": vector = ReadVector(ref value); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.RemoveFile(DataPath.Decode(Required(path, "remove.path")))
        {
            DeletionTimestampMs = deleted, DataChange = dataChange, DeletionVector = vector, PartitionValues = partitionValues, SizeBytes = size,
        };
    }

    private static DeltaAction.ChangeFile ReadChangeFile(ref Utf8JsonReader json)
    {
        string? path = null;
        long size = 0;
        var partitionValues = ImmutableDictionary<string, string?>.Empty;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "path": path = value.GetString(); break;
                case "partitionValues": partitionValues = ReadMap(ref value); break;
                case "size": size = value.GetInt64(); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.ChangeFile(DataPath.Decode(Required(path, "cdc.path")), partitionValues, size);
    }

    private static DeletionVectorDescriptor ReadVector(ref Utf8JsonReader json)
    {
        string? type = null, path = null;
        int? offset = null;
        var size = 0;
        long cardinality = 0;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "storageType": type = value.GetString(); break;
                case "pathOrInlineDv": path = value.GetString(); break;
                case "offset": offset = value.GetInt32(); break;
                case "sizeInBytes": size = value.GetInt32(); break;
                case "cardinality": cardinality = value.GetInt64(); break;
                default: value.Skip(); break;
            }
        });
        return new DeletionVectorDescriptor(Required(type, "deletionVector.storageType"), Required(path, "deletionVector.pathOrInlineDv"), offset, size, cardinality);
    }

    private static DeltaAction.Metadata ReadMetadata(ref Utf8JsonReader json)
    {
        string? id = null, name = null, schema = null, provider = null;
        long? created = null;
        ImmutableArray<string> partitionColumns = [];
        var configuration = ImmutableDictionary<string, string?>.Empty;
        Members(ref json, (ref Utf8JsonReader value, string member) =>
        {
            switch (member)
            {
                case "id": id = value.GetString(); break;
                case "name": name = value.GetString(); break;
                case "schemaString": schema = value.GetString(); break;
                case "partitionColumns": partitionColumns = ReadTexts(ref value); break;
                case "configuration": configuration = ReadMap(ref value); break;
                case "createdTime": created = value.GetInt64(); break;
                case "format": provider = ReadProvider(ref value); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.Metadata(id ?? "", Required(schema, "metaData.schemaString"), partitionColumns)
        {
            Name = name, Provider = provider ?? "parquet", Configuration = configuration, CreatedTimeMs = created,
        };
    }

    private static string? ReadProvider(ref Utf8JsonReader json)
    {
        string? provider = null;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            if (name == "provider") provider = value.GetString();
            else value.Skip();
        });
        return provider;
    }

    private static DeltaAction.ProtocolVersion ReadProtocol(ref Utf8JsonReader json)
    {
        int reader = 0, writer = 0;
        ImmutableArray<string> readerFeatures = [], writerFeatures = [];
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "minReaderVersion": reader = value.GetInt32(); break;
                case "minWriterVersion": writer = value.GetInt32(); break;
                case "readerFeatures": readerFeatures = ReadTexts(ref value); break;
                case "writerFeatures": writerFeatures = ReadTexts(ref value); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.ProtocolVersion(reader, writer) { ReaderFeatures = readerFeatures, WriterFeatures = writerFeatures };
    }

    private static DeltaAction.SetTransaction ReadTransaction(ref Utf8JsonReader json)
    {
        string? appId = null;
        long version = 0;
        long? updated = null;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "appId": appId = value.GetString(); break;
                case "version": version = value.GetInt64(); break;
                case "lastUpdated": updated = value.GetInt64(); break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.SetTransaction(Required(appId, "txn.appId"), version, updated);
    }

    private static DeltaAction.CommitInfo ReadCommitInfo(ref Utf8JsonReader json)
    {
        long timestamp = 0;
        string? operation = null, engine = null, txnId = null;
        bool? blind = null;
        long? readVersion = null;
        var parameters = ImmutableDictionary<string, string>.Empty;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            switch (name)
            {
                case "timestamp" when value.TokenType == JsonTokenType.Number: timestamp = value.GetInt64(); break;
                case "operation" when value.TokenType == JsonTokenType.String: operation = value.GetString(); break;
                case "engineInfo" when value.TokenType == JsonTokenType.String: engine = value.GetString(); break;
                case "txnId" when value.TokenType == JsonTokenType.String: txnId = value.GetString(); break;
                case "isBlindAppend" when value.TokenType is JsonTokenType.True or JsonTokenType.False: blind = value.GetBoolean(); break;
                case "readVersion" when value.TokenType == JsonTokenType.Number: readVersion = value.GetInt64(); break;
                case "operationParameters" when value.TokenType == JsonTokenType.StartObject:
                    parameters = ReadMap(ref value).ToImmutableDictionary(p => p.Key, p => p.Value ?? "");
                    break;
                default: value.Skip(); break;
            }
        });
        return new DeltaAction.CommitInfo(timestamp, operation ?? "")
        {
            Parameters = parameters, ReadVersion = readVersion, IsBlindAppend = blind, EngineInfo = engine, TxnId = txnId,
        };
    }

    private static DeltaAction.Sidecar ReadSidecar(ref Utf8JsonReader json)
    {
        string? path = null;
        Members(ref json, (ref Utf8JsonReader value, string name) =>
        {
            if (name == "path") path = value.GetString();
            else value.Skip();
        });
        return new DeltaAction.Sidecar(DataPath.Decode(Required(path, "sidecar.path")));
    }

    private static void Members(ref Utf8JsonReader json, Member member)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"expected an object, found {json.TokenType}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.Null) member(ref json, name);
        }
    }

    private static ImmutableDictionary<string, string?> ReadMap(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"expected an object, found {json.TokenType}");
        var map = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            map[name] = ReadScalar(ref json);
        }
        return map.ToImmutable();
    }

    /// <summary>Strings as they are, anything else as its JSON text (some writers put numbers where strings belong).</summary>
    private static string? ReadScalar(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType == JsonTokenType.String) return json.GetString();
        using var element = JsonDocument.ParseValue(ref json);
        return element.RootElement.GetRawText();
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new JsonException($"expected an array, found {json.TokenType}");
        var texts = ImmutableArray.CreateBuilder<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) texts.Add(json.GetString() ?? "");
        return texts.ToImmutable();
    }

    private static string Required(string? value, string member) => value ?? throw new JsonException($"member '{member}' is missing");
}
