namespace Leat.Flows;

/// <summary>The rules, over the states of the direct parents. A rule that can no longer hold ends in "upstream failed" when a failure is the cause, else in "skipped".</summary>
internal static class TriggerRules
{
    public static TriggerDecision Decide(TriggerRule rule, IReadOnlyCollection<TaskState> parents)
    {
        if (parents.Count == 0 || rule is TriggerRule.Always) return TriggerDecision.Run;
        var success = parents.Count(state => state is TaskState.Success);
        var skipped = parents.Count(state => state is TaskState.Skipped);
        var failed = parents.Count(state => state is TaskState.Failed or TaskState.UpstreamFailed);
        var isDone = success + skipped + failed == parents.Count;
        return rule switch
        {
            TriggerRule.AllSuccess => First((failed > 0, TriggerDecision.UpstreamFailed), (skipped > 0, TriggerDecision.Skip), (isDone, TriggerDecision.Run)),
            TriggerRule.AllFailed => First((success + skipped > 0, TriggerDecision.Skip), (isDone, TriggerDecision.Run)),
            TriggerRule.AllDone => First((isDone, TriggerDecision.Run)),
            TriggerRule.AllDoneMinOneSuccess => First((!isDone, TriggerDecision.Wait), (success > 0, TriggerDecision.Run), (failed > 0, TriggerDecision.UpstreamFailed), (true, TriggerDecision.Skip)),
            TriggerRule.AllSkipped => First((success + failed > 0, TriggerDecision.Skip), (isDone, TriggerDecision.Run)),
            TriggerRule.OneFailed => First((failed > 0, TriggerDecision.Run), (isDone, TriggerDecision.Skip)),
            TriggerRule.OneSuccess => First((success > 0, TriggerDecision.Run), (!isDone, TriggerDecision.Wait), (failed > 0, TriggerDecision.UpstreamFailed), (true, TriggerDecision.Skip)),
            TriggerRule.OneDone => First((success + failed > 0, TriggerDecision.Run), (isDone, TriggerDecision.Skip)),
            TriggerRule.NoneFailed => First((failed > 0, TriggerDecision.UpstreamFailed), (isDone, TriggerDecision.Run)),
            TriggerRule.NoneFailedMinOneSuccess => First((failed > 0, TriggerDecision.UpstreamFailed), (!isDone, TriggerDecision.Wait), (success > 0, TriggerDecision.Run), (true, TriggerDecision.Skip)),
            TriggerRule.NoneSkipped => First((skipped > 0, TriggerDecision.Skip), (isDone, TriggerDecision.Run)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
        };
    }

    private static TriggerDecision First(params ReadOnlySpan<(bool Holds, TriggerDecision Then)> cases)
    {
        foreach (var (holds, then) in cases)
        {
            if (holds) return then;
        }
        return TriggerDecision.Wait;
    }
}
