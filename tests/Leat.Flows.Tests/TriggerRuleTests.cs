namespace Leat.Flows.Tests;

public sealed class TriggerRuleTests
{
    // S success, F failed, U upstream failed, K skipped, . not done. Answers: R run, W wait, K skip, U upstream failed.
    [Theory]
    [InlineData(TriggerRule.AllSuccess, "SS:R S.:W SF:U F.:U SK:K K.:K SU:U FK:U")]
    [InlineData(TriggerRule.AllFailed, "FF:R FU:R F.:W SF:K S.:K FK:K")]
    [InlineData(TriggerRule.AllDone, "SS:R SF:R KU:R S.:W ..:W")]
    [InlineData(TriggerRule.AllDoneMinOneSuccess, "SS:R SF:R SK:R S.:W FF:U FK:U KK:K")]
    [InlineData(TriggerRule.AllSkipped, "KK:R K.:W S.:K KF:K")]
    [InlineData(TriggerRule.OneFailed, "F.:R U.:R SF:R SS:K SK:K S.:W")]
    [InlineData(TriggerRule.OneSuccess, "S.:R SF:R FF:U F.:W KK:K FK:U")]
    [InlineData(TriggerRule.OneDone, "S.:R F.:R K.:W KK:K SK:R")]
    [InlineData(TriggerRule.NoneFailed, "SS:R SK:R KK:R S.:W F.:U SU:U")]
    [InlineData(TriggerRule.NoneFailedMinOneSuccess, "SK:R KK:K SF:U S.:W F.:U")]
    [InlineData(TriggerRule.NoneSkipped, "SS:R SF:R S.:W K.:K SK:K")]
    [InlineData(TriggerRule.Always, "..:R FF:R KK:R")]
    public void Given_parents_When_the_rule_is_asked_Then_its_truth_table(TriggerRule rule, string table)
    {
        foreach (var line in table.Split(' '))
        {
            TaskState[] parents = [State(line[0]), State(line[1])];
            Assert.Equal((line, Decision(line[3])), (line, TriggerRules.Decide(rule, parents)));
            Assert.Equal((line, Decision(line[3])), (line, TriggerRules.Decide(rule, [parents[1], parents[0]])));
        }
        Assert.Equal(TriggerDecision.Run, TriggerRules.Decide(rule, []));
    }

    private static TaskState State(char c) => c switch
    {
        'S' => TaskState.Success,
        'F' => TaskState.Failed,
        'U' => TaskState.UpstreamFailed,
        'K' => TaskState.Skipped,
        _ => TaskState.Running,
    };

    private static TriggerDecision Decision(char c) => c switch
    {
        'R' => TriggerDecision.Run,
        'W' => TriggerDecision.Wait,
        'K' => TriggerDecision.Skip,
        _ => TriggerDecision.UpstreamFailed,
    };
}
