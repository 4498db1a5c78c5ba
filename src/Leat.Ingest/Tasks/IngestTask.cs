using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Ingest.Files;

namespace Leat.Ingest.Tasks;

/// <summary>Task kind "ingest": runs the source that the setting <c>source</c> names. Both kinds of source are idempotent.</summary>
internal sealed class IngestTask(IIngestCatalog catalog, TopicLanding landing, FileLoad files) : ITaskKind
{
    public string Name => "ingest";

    /// <exception cref="LeatException">LEAT3207 no such source; LEAT3213 it does not land; and those of the load.</exception>
    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken ct)
    {
        var name = context.Settings.GetValueOrDefault("source") ?? "";
        var source = catalog.Sources.FirstOrDefault(s => s.Name == name)
            ?? throw IngestErrors.UnknownSource(name, Nearest.To(name, catalog.Sources.Select(s => s.Name)), $"flow {context.Flow}, task {context.Task}, setting 'source'");
        var rows = source is SourceDefinition.Files load
            ? (await files.RunAsync(load, context.AttemptId, ct).ConfigureAwait(false)).Rows
            : (await landing.LandAsync(name, ct).ConfigureAwait(false)).Rows;
        context.Log($"source {name}: {rows} rows");
        return new TaskOutcome.Succeeded(ImmutableDictionary<string, string>.Empty.Add("rows", rows.ToString(CultureInfo.InvariantCulture)));
    }
}
