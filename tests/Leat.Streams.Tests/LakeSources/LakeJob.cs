using System.Globalization;
using Leat.Core;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>Writes what it reads of the table to "out", and counts it in windows.</summary>
internal sealed class LakeJob(LakeReadOptions? options = null) : StreamJob
{
    protected override void Define(JobBuilder job)
    {
        var rows = job.FromLake<TableRow>(OrderTable.Name, r => r.At, TimeSpan.FromSeconds(10_000), options);
        rows.Select(r => new Line(Text.Literal($"{r.Id}|{r.Name}|{r.Cost?.ToString("0.00", CultureInfo.InvariantCulture) ?? "none"}"))).ToLake("out");
        rows.KeyBy(r => r.Name).Tumbling(TimeSpan.FromSeconds(10)).Count().ToView("counts", TimeSpan.FromHours(24));
    }
}
