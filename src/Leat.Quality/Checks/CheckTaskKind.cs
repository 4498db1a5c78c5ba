using Leat.Core;

namespace Leat.Quality;

/// <summary>Kind "check": runs the checks named in <c>select</c> (names or datasets, separated by commas; empty = all). A failed check of severity error fails the task, and what follows does not run.</summary>
internal sealed class CheckTaskKind(Func<CheckRunner> runner) : ITaskKind
{
    private const string NotGood = "LEAT1314";

    public string Name => "check";

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken ct)
    {
        var selected = context.Settings.GetValueOrDefault("select", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var report = await runner().RunAsync(selected, ct).ConfigureAwait(false);
        foreach (var result in report.Results) context.Log($"{result.Status} {result.Check}: {result.Message}");
        if (!report.IsGood)
        {
            var bad = report.Results.Where(result => result.Status is CheckStatus.Failed or CheckStatus.Broken).Select(result => $"{result.Check}: {result.Message}");
            return new TaskOutcome.Failed($"{NotGood}: " + string.Join("; ", bad), Retry.Never);
        }
        return new TaskOutcome.Succeeded();
    }
}
