namespace Leat.Log;

/// <summary>A consumer group as it is.</summary>
/// <param name="Group">Its id.</param>
/// <param name="State">Empty, PreparingRebalance, CompletingRebalance, Stable or Dead.</param>
/// <param name="Members">Member ids.</param>
public sealed record GroupInfo(string Group, string State, IReadOnlyList<string> Members);
