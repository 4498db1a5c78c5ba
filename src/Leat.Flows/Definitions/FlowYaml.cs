using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Flows written in YAML: <c>flows/*.yml</c>, one flow a file.</summary>
internal static class FlowYaml
{
    private static readonly string[] FlowKeys = ["name", "schedule", "time_zone", "max_active_runs", "tasks"];
    private static readonly string[] TaskKeys = ["kind", "after", "when", "retries", "backoff", "backoff_cap", "timeout", "settings"];

    /// <summary>Reads every <c>flows/*.yml</c> of a project; none when there is no such folder.</summary>
    public static IEnumerable<FlowDefinition> ReadAll(string projectRoot)
    {
        var folder = Path.Combine(projectRoot, "flows");
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFiles(folder, "*.yml").Concat(Directory.EnumerateFiles(folder, "*.yaml")).Order(StringComparer.Ordinal)
            .Select(path => Read(YamlFile.Read(path, Path.GetRelativePath(projectRoot, path)), Path.GetFileNameWithoutExtension(path)));
    }

    /// <summary>One flow; its name is <c>name</c>, else the file's.</summary>
    public static FlowDefinition Read(YamlMap file, string fileName)
    {
        file.AllowOnly(FlowKeys);
        var tasks = file.GetMap("tasks");
        var schedule = file.FindText("schedule") is { } cron ? FlowSchedule.Parse(cron, file.GetText("time_zone", "UTC"), file.PlaceOf("schedule")) : null;
        return FlowGraph.Checked(new FlowDefinition(
            file.GetText("name", fileName),
            file.Place,
            [.. tasks.Keys.Select(key => ReadTask(key.Text, tasks.GetMap(key.Text)))],
            schedule,
            (int)file.GetInteger("max_active_runs", 1, 1, 1_000)));
    }

    private static TaskDefinition ReadTask(string name, YamlMap task)
    {
        task.AllowOnly(TaskKeys);
        var backoff = task.GetDuration("backoff", TimeSpan.FromSeconds(10));
        var retry = new RetryPolicy((int)task.GetInteger("retries", 0, 0, 1_000), backoff, task.GetDuration("backoff_cap", backoff > RetryPolicy.DefaultCap ? backoff : RetryPolicy.DefaultCap));
        return new TaskDefinition(
            name,
            task.GetText("kind"),
            [.. task.GetTexts("after").Distinct()],
            Settings(task.FindMap("settings")),
            task.GetChoice("when", TriggerRule.AllSuccess),
            retry,
            task.FindDuration("timeout"));
    }

    private static ImmutableDictionary<string, string> Settings(YamlMap? settings) => settings is null
        ? ImmutableDictionary<string, string>.Empty
        : settings.Keys.ToImmutableDictionary(key => key.Text, key => settings.GetText(key.Text, ""));
}
