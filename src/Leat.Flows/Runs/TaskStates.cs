namespace Leat.Flows;

internal static class TaskStates
{
    /// <summary>Nothing more happens in this state.</summary>
    public static bool IsFinal(this TaskState state) => state is TaskState.Success or TaskState.Failed or TaskState.Skipped or TaskState.UpstreamFailed;

    /// <summary>Nothing more happens in this state.</summary>
    public static bool IsFinal(this RunState state) => state is not (RunState.Queued or RunState.Running);
}
