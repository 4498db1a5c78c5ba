using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Builds a table's state from a checkpoint and commits, oldest first. No input or output; one use.</summary>
internal sealed class LogReplay
{
    private readonly string _table;
    private readonly ImmutableDictionary<FileKey, DeltaAction.AddFile>.Builder _files;
    private readonly ImmutableDictionary<string, DeltaAction.SetTransaction>.Builder _transactions;
    private DeltaAction.ProtocolVersion? _protocol;
    private DeltaAction.Metadata? _metadata;
    private TableSchema? _schema;

    public LogReplay(string table)
    {
        _table = table;
        _files = ImmutableDictionary.CreateBuilder<FileKey, DeltaAction.AddFile>();
        _transactions = ImmutableDictionary.CreateBuilder<string, DeltaAction.SetTransaction>(StringComparer.Ordinal);
    }

    /// <summary>Continues where <paramref name="state"/> ends.</summary>
    public LogReplay(TableState state)
    {
        (_table, _protocol, _metadata, _schema) = (state.Table, state.Protocol, state.Metadata, state.Schema);
        _files = state.Files.ToBuilder();
        _transactions = state.Transactions.ToBuilder();
    }

    /// <summary>Applies one commit, or the rows of a checkpoint. The order of actions carries no meaning: removes come before adds.</summary>
    /// <exception cref="LeatException">LEAT3011 a protocol that cannot be read.</exception>
    public void Apply(IReadOnlyList<DeltaAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case DeltaAction.ProtocolVersion protocol:
                    TableFeatures.CheckRead(_table, protocol);
                    _protocol = protocol;
                    break;
                case DeltaAction.Metadata metadata:
                    (_metadata, _schema) = (metadata, null);
                    break;
                case DeltaAction.SetTransaction transaction:
                    _transactions[transaction.AppId] = transaction;
                    break;
                case DeltaAction.RemoveFile remove:
                    _files.Remove(remove.Key);
                    break;
            }
        }
        foreach (var action in actions)
            if (action is DeltaAction.AddFile add) _files[add.Key] = add;
    }

    /// <summary>The state after what was applied.</summary>
    /// <exception cref="LeatException">LEAT3009 protocol or metadata missing; LEAT3011 something cannot be read; LEAT3008 damaged schema.</exception>
    public TableState State(long version)
    {
        if (_protocol is null) throw LakeErrors.Incomplete(_table, "protocol");
        if (_metadata is null) throw LakeErrors.Incomplete(_table, "metaData");
        TableFeatures.CheckRead(_table, _metadata);
        _schema ??= SchemaJson.Read(_metadata.SchemaString, $"{_table} (version {version})");
        return new TableState(_table, version, _protocol, _metadata, _schema, _files.ToImmutable(), _transactions.ToImmutable());
    }
}
