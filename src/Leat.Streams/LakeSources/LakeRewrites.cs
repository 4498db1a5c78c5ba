namespace Leat.Streams;

/// <summary>What a source of appended rows does with versions that take rows out of the table.</summary>
public enum LakeRewrites
{
    /// <summary>The job fails with LEAT2151: rows that were read already are no longer true.</summary>
    Refuse,

    /// <summary>Versions that only delete are passed over; those that also write rows still fail the job.</summary>
    IgnoreDeletes,

    /// <summary>Versions that delete or change rows are passed over with all that they wrote.</summary>
    SkipRewrites,

    /// <summary>Rows that such a version wrote are read as new ones: those that were only moved to another file come again.</summary>
    ReadRewritten,
}
