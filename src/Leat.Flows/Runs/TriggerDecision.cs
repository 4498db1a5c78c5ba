namespace Leat.Flows;

/// <summary>What a trigger rule says now.</summary>
internal enum TriggerDecision
{
    Wait,
    Run,
    Skip,
    UpstreamFailed,
}
