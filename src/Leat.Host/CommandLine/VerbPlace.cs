namespace Leat.Host.CommandLine;

/// <summary>Where a verb does its work.</summary>
public enum VerbPlace
{
    /// <summary>In this process, without a project.</summary>
    Anywhere,

    /// <summary>In this process, with the project's settings, without touching its data folder.</summary>
    Project,

    /// <summary>Inside the process that owns the project's data folder; in this one, after taking the lock, where there is none.</summary>
    Owner,
}
