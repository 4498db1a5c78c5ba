namespace Leat.Log.Tests;

/// <summary>Makes logs for tests of groups and transactions.</summary>
internal static class Coordinators
{
    /// <summary>Groups do not wait for further members at first.</summary>
    public static EmbeddedLogParts Parts(TimeProvider? time = null, TimeSpan initialDelay = default) => new()
    {
        Options = new EmbeddedLogOptions { Groups = new GroupCoordinatorOptions { InitialRebalanceDelay = initialDelay } },
        Time = time ?? TimeProvider.System,
    };
}
