namespace Leat.Core;

/// <summary>What happened to a run.</summary>
public enum RunEventKind
{
    Started,
    Progressed,
    Completed,
    Failed,
    Skipped,
}
