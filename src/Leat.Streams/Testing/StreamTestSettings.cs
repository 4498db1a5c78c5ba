using Leat.Log;

namespace Leat.Streams.Testing;

/// <summary>Surroundings of a test.</summary>
public sealed record StreamTestSettings
{
    /// <summary>Workers of the job. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Partitions of each topic. Default 1.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Release of idle partitions, on the job's clock. Default 5 s.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Further settings of the job.</summary>
    public Action<StreamOptions>? Configure { get; init; }

    /// <summary>Lake that the job reads and writes, which stays the caller's; default: the bench's own in memory.</summary>
    public Leat.Lake.ILakeCatalog? Lake { get; init; }

    /// <summary>Log of the job, which stays its owner's; default: an embedded one of the bench.</summary>
    public IEventLog? Log { get; init; }

    /// <summary>Folder of the project, for reference tables in files; default: an empty one.</summary>
    public string? ProjectFolder { get; init; }
}
