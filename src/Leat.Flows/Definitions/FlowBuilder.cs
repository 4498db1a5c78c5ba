using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Collects what a flow declares.</summary>
public sealed class FlowBuilder
{
    private readonly string _name;
    private readonly string _declaredAt;
    private readonly List<TaskBuilder> _tasks = [];
    private FlowSchedule? _schedule;
    private int _maxActiveRuns = 1;

    internal FlowBuilder(string name, string declaredAt)
    {
        _name = name;
        _declaredAt = declaredAt;
    }

    /// <summary>Adds a task that a registered kind runs: "sql", "models", "ingest", "shell".</summary>
    public TaskBuilder Task(string name, string kind) => Add(new TaskBuilder(name, kind, null));

    /// <summary>Adds a task that runs C# code and says how it ended.</summary>
    public TaskBuilder Task(string name, Func<TaskContext, CancellationToken, Task<TaskOutcome>> work) => Add(new TaskBuilder(name, TaskDefinition.CodeKind, work));

    /// <summary>Adds a task that runs C# code; done when it returns, failed when it throws.</summary>
    public TaskBuilder Task(string name, Func<TaskContext, CancellationToken, Task> work) => Task(name, async (context, ct) =>
    {
        await work(context, ct).ConfigureAwait(false);
        return new TaskOutcome.Succeeded();
    });

    /// <summary>Runs the flow by a crontab expression (minute hour day month weekday, 0 and 7 = Sunday) in a time zone.</summary>
    /// <exception cref="LeatException">LEAT5004 no such expression or zone.</exception>
    public FlowBuilder Schedule(string cron, string timeZone = "UTC")
    {
        _schedule = FlowSchedule.Parse(cron, timeZone, _declaredAt);
        return this;
    }

    /// <summary>Lets several runs of the flow work at once; 1 by default.</summary>
    public FlowBuilder MaxActiveRuns(int runs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        _maxActiveRuns = runs;
        return this;
    }

    internal FlowDefinition Build() => FlowGraph.Checked(new FlowDefinition(_name, _declaredAt, [.. _tasks.Select(task => task.Build())], _schedule, _maxActiveRuns));

    private TaskBuilder Add(TaskBuilder task)
    {
        _tasks.Add(task);
        return task;
    }
}
