using Leat.Lake.Protocol;

namespace Leat.Lake;

/// <summary>Rows of one data file that a version put into the table, or took from it.</summary>
/// <param name="Path">As the log names it.</param>
/// <param name="Rows">How many rows, as far as the log says; -1 when it does not.</param>
/// <param name="Kind">What happened to them.</param>
public sealed record LakeFile(string Path, long Rows, LakeFileKind Kind)
{
    /// <summary>The file with its partition values; null where no log stands behind.</summary>
    internal DeltaAction.AddFile? Data { get; init; }

    /// <summary>Rows that do not count; null = none.</summary>
    internal DeletionVectorDescriptor? Without { get; init; }

    /// <summary>The only rows that count; null = all.</summary>
    internal DeletionVectorDescriptor? Only { get; init; }
}
