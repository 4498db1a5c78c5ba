using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;

namespace Leat.Models;

/// <summary>The task "models" of a flow: settings verb (build), select, exclude, full_refresh, vars.</summary>
public sealed class ModelsTaskKind(ModelsRunner runner) : ITaskKind
{
    public string Name => "models";

    /// <summary>Runs the verb; a failed node makes the attempt fail. Outputs: nodes, failed, invocation_id.</summary>
    /// <exception cref="LeatException">LEAT4025 a setting is not known or has no valid value; LEAT4001-4024 the project cannot be read.</exception>
    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken ct)
    {
        var result = await runner.RunAsync(Command(context), new TaskLog(context.Log), ct).ConfigureAwait(false);
        var bad = result.Nodes.Where(n => n.Status is NodeStatus.Error or NodeStatus.Fail).ToList();
        if (bad.Count > 0) return new TaskOutcome.Failed($"{bad.Count} of {result.Nodes.Length} nodes failed; first {bad[0].Name}: {bad[0].Message}", Retry.Never);
        return new TaskOutcome.Succeeded(ImmutableDictionary<string, string>.Empty
            .Add("nodes", result.Nodes.Length.ToString(CultureInfo.InvariantCulture))
            .Add("invocation_id", result.InvocationId));
    }

    private static ModelsCommand Command(TaskContext context)
    {
        string[] known = ["verb", "select", "exclude", "full_refresh", "vars", "fail_fast"];
        foreach (var key in context.Settings.Keys.Except(known))
            throw Bad(context, $"setting '{key}' is not known; settings are {string.Join(", ", known)}", Nearest.To(key, known) is { } near ? $"use '{near}'" : $"take '{key}' out");
        var verb = context.Settings.GetValueOrDefault("verb", "build");
        if (!Enum.TryParse<ModelsVerb>(verb, ignoreCase: true, out var parsed)) throw Bad(context, $"verb is '{verb}'", "use build, run, test, seed or compile");
        return new ModelsCommand(parsed)
        {
            Select = Words(context, "select"),
            Exclude = Words(context, "exclude"),
            FullRefresh = Flag(context, "full_refresh"),
            FailFast = Flag(context, "fail_fast"),
            Vars = context.Settings.GetValueOrDefault("vars"),
        };
    }

    private static ImmutableArray<string> Words(TaskContext context, string key) => [.. context.Settings.GetValueOrDefault(key, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static bool Flag(TaskContext context, string key) => context.Settings.GetValueOrDefault(key) switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw Bad(context, $"{key} is '{text}'; it must be true or false", $"write {key} = true"),
    };

    private static LeatException Bad(TaskContext context, string what, string todo) => new("LEAT4025", what, $"task '{context.Task}' of flow '{context.Flow}'", todo);

    private sealed class TaskLog(Action<string> log) : IModelsOutput
    {
        public void Line(string text) => log(text);

        public void Started(int index, int total, string name, ResourceType type)
        {
        }

        public void Finished(int index, int total, NodeResult result) =>
            log(string.Create(CultureInfo.InvariantCulture, $"{index} of {total} {result.ResourceType.ToString().ToLowerInvariant()} {result.Name}: {result.Status} in {result.Elapsed.TotalSeconds:F2} s - {result.Message}"));
    }
}
