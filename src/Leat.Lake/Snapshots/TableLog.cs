using Leat.Core;
using Leat.Lake.Protocol;
using Leat.Storage;

namespace Leat.Lake.Snapshots;

/// <summary>The files of one table's <c>_delta_log</c>.</summary>
/// <param name="store">Store whose root is the table folder.</param>
/// <param name="root">Absolute path of the table folder.</param>
internal sealed class TableLog(IObjectStore store, string root)
{
    private const string Folder = "_delta_log/";

    /// <summary>Names of all files, without folder.</summary>
    public async ValueTask<List<string>> ListAsync(CancellationToken ct)
    {
        var names = new List<string>();
        await foreach (var item in store.ListAsync(Folder, null, ct).ConfigureAwait(false)) names.Add(item.Path[Folder.Length..]);
        return names;
    }

    public ValueTask<bool> HasCommitAsync(long version, CancellationToken ct) => store.ExistsAsync(Folder + LogPlan.CommitName(version), ct);

    /// <summary>Actions of a commit, or null when there is no such commit.</summary>
    /// <exception cref="LeatException">LEAT3008 damaged line.</exception>
    public ValueTask<List<DeltaAction>?> FindCommitAsync(long version, CancellationToken ct) => FindAsync(LogPlan.CommitName(version), ct);

    /// <summary>Actions of a file of JSON lines, or null when there is none of that name.</summary>
    public async ValueTask<List<DeltaAction>?> FindAsync(string name, CancellationToken ct)
    {
        var bytes = await store.GetAsync(Folder + name, ct).ConfigureAwait(false);
        return bytes is null ? null : CommitText.Read(bytes, PathOf(name));
    }

    /// <summary>Stores the commit; false when another was first.</summary>
    public ValueTask<bool> PutCommitAsync(long version, IEnumerable<DeltaAction> actions, CancellationToken ct) =>
        store.PutIfAbsentAsync(Folder + LogPlan.CommitName(version), ActionWriter.Write(actions), ct);

    /// <summary>Absolute path of a log file.</summary>
    public string PathOf(string name) => Path.Combine(root, "_delta_log", name);
}
