using Leat.Core;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Writes the changes that it reads of the table to "out".</summary>
internal sealed class ChangeJob(LakeReadOptions? options = null) : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .FromLakeChanges<TableRow>(OrderTable.Name, c => c.CommittedAt, TimeSpan.Zero, options)
        .Select(c => new Line(Text.Literal($"{c.Type} {c.Row.Id} {c.Row.Name}")))
        .ToLake("out");
}
