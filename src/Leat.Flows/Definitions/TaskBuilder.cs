using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Collects what a task declares.</summary>
public sealed class TaskBuilder
{
    private readonly string _name;
    private readonly string _kind;
    private readonly Func<TaskContext, CancellationToken, Task<TaskOutcome>>? _work;
    private readonly List<string> _after = [];
    private ImmutableDictionary<string, string> _settings = ImmutableDictionary<string, string>.Empty;
    private TriggerRule _rule;
    private RetryPolicy _retry = RetryPolicy.None;
    private TimeSpan? _timeout;

    internal TaskBuilder(string name, string kind, Func<TaskContext, CancellationToken, Task<TaskOutcome>>? work)
    {
        _name = name;
        _kind = kind;
        _work = work;
    }

    /// <summary>Waits for these tasks.</summary>
    public TaskBuilder After(params ReadOnlySpan<TaskBuilder> tasks)
    {
        foreach (var task in tasks) _after.Add(task._name);
        return this;
    }

    /// <summary>Waits for the tasks of these names.</summary>
    public TaskBuilder After(params ReadOnlySpan<string> tasks)
    {
        _after.AddRange(tasks);
        return this;
    }

    /// <summary>Runs by another rule than "all before it succeeded".</summary>
    public TaskBuilder When(TriggerRule rule)
    {
        _rule = rule;
        return this;
    }

    /// <summary>Gives the kind a setting.</summary>
    public TaskBuilder Set(string key, string value)
    {
        _settings = _settings.SetItem(key, value);
        return this;
    }

    /// <summary>Repeats a failed attempt; the delay doubles from <paramref name="backoff"/> up to <paramref name="cap"/> (10 minutes by default).</summary>
    public TaskBuilder Retry(int retries, TimeSpan backoff, TimeSpan? cap = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoff, TimeSpan.Zero);
        _retry = new RetryPolicy(retries, backoff, cap ?? (backoff > RetryPolicy.DefaultCap ? backoff : RetryPolicy.DefaultCap));
        return this;
    }

    /// <summary>Ends an attempt that takes longer.</summary>
    public TaskBuilder Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        _timeout = limit;
        return this;
    }

    internal TaskDefinition Build() => new(_name, _kind, [.. _after.Distinct()], _settings, _rule, _retry, _timeout, _work);
}
