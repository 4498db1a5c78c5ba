using Leat.Core;

namespace Leat.Log;

/// <summary>LEAT2021: stored bytes are not what was written. Records before the damage were delivered; none of the damaged ones is.</summary>
public sealed class DamagedBatchException : LeatException
{
    internal DamagedBatchException(string what, string where, string todo, long resumeOffset)
        : base("LEAT2021", what, where, todo, Fault.External) => ResumeOffset = resumeOffset;

    /// <summary>First offset after the damage that can be read: <see cref="ILogReader.Seek"/> there to go on without the lost records.</summary>
    public long ResumeOffset { get; }
}
