namespace Leat.Lake;

/// <summary>What a version did with the rows of a file.</summary>
public enum LakeFileKind
{
    /// <summary>They came into the table.</summary>
    Inserted,

    /// <summary>They left the table.</summary>
    Deleted,

    /// <summary>Rows of the change data feed: column <see cref="LakeVersion.ChangeType"/> says what happened to each.</summary>
    ChangeData,
}
