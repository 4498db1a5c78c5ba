using System.Collections.Immutable;
using System.Text.Json;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake.Engine;
using Leat.Lake.Protocol;
using Leat.Lake.Scans;

namespace Leat.Lake.Snapshots;

/// <summary>Reads checkpoints of every form: classic, multi-part, and V2 in Parquet or JSON with or without sidecars.</summary>
internal sealed class CheckpointReader(TableLog log, LakeEngine engine)
{
    /// <summary>All actions of the checkpoint, those of its sidecars included.</summary>
    /// <exception cref="LeatException">LEAT3014 a file is missing or damaged.</exception>
    public async ValueTask<IReadOnlyList<DeltaAction>> ReadAsync(ImmutableArray<string> files, CancellationToken ct)
    {
        var json = files is [var only] && only.EndsWith(".json", StringComparison.Ordinal);
        var actions = json ? await ReadJsonAsync(files[0], ct).ConfigureAwait(false) : ReadParquet([.. files.Select(log.PathOf)], ct);
        var sidecars = actions.OfType<DeltaAction.Sidecar>().Select(s => PathOf(s)).ToList();
        if (sidecars.Count > 0) actions.AddRange(ReadParquet(sidecars, ct));
        return actions;
    }

    private string PathOf(DeltaAction.Sidecar sidecar) => DataPath.Absolute(log.PathOf("_sidecars"), sidecar.Path);

    private async ValueTask<List<DeltaAction>> ReadJsonAsync(string name, CancellationToken ct)
    {
        try
        {
            return await log.FindAsync(name, ct).ConfigureAwait(false) ?? throw new FileNotFoundException("the file is gone", name);
        }
        catch (Exception e) when (e is LeatException { Code: "LEAT3008" } or IOException)
        {
            throw LakeErrors.DamagedCheckpoint(log.PathOf(name), e);
        }
    }

    /// <summary>The engine turns each row into the JSON that a commit would hold, so that one reader serves both.</summary>
    private List<DeltaAction> ReadParquet(List<string> paths, CancellationToken ct)
    {
        var actions = new List<DeltaAction>();
        try
        {
            using var connection = engine.Connect();
            using var result = connection.Query($"SELECT to_json(c) FROM read_parquet([{string.Join(", ", paths.Select(SqlText.Literal))}], union_by_name = true, hive_partitioning = false) c", ct);
            while (result.Fetch(ct) is { } batch)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        var text = batch[0].GetText(row);
                        if (ActionReader.Read(text.Bytes) is { } action) actions.Add(action);
                    }
                }
            }
        }
        catch (Exception e) when (e is DuckDbException or JsonException or InvalidOperationException)
        {
            throw LakeErrors.DamagedCheckpoint(paths[0], e);
        }
        return actions;
    }
}
