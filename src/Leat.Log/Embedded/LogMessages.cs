using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Log lines of the room, ids 2000-2049.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2000, LogLevel.Warning, "{Partition}: removed an unfinished write: {Recovery}")]
    public static partial void TornTail(this ILogger logger, TopicPartition partition, LogRecovery recovery);

    [LoggerMessage(2001, LogLevel.Error, "{Partition}: stored records are damaged, reading them fails with LEAT2021: {Recovery}")]
    public static partial void Damage(this ILogger logger, TopicPartition partition, LogRecovery recovery);

    [LoggerMessage(2007, LogLevel.Error, "{Partition}: {File} is shorter than what had been stored; records {FromOffset} to {ToOffsetExcl} (excluded) are lost and their offsets are given again")]
    public static partial void LostTail(this ILogger logger, TopicPartition partition, string file, long fromOffset, long toOffsetExcl);

    [LoggerMessage(2002, LogLevel.Error, "{Partition}: stopped, it takes no more records (LEAT2011)")]
    public static partial void Stopped(this ILogger logger, TopicPartition partition, Exception cause);

    [LoggerMessage(2003, LogLevel.Warning, "{Partition}: disk full, an append of {Bytes} bytes was refused (LEAT2010)")]
    public static partial void DiskFull(this ILogger logger, TopicPartition partition, long bytes);

    [LoggerMessage(2004, LogLevel.Warning, "{Partition}: a side file could not be written; the next opening takes longer")]
    public static partial void SideFileFailed(this ILogger logger, TopicPartition partition, Exception cause);

    [LoggerMessage(2005, LogLevel.Information, "{Partition}: rebuilt the index of {File}")]
    public static partial void IndexRebuilt(this ILogger logger, TopicPartition partition, string file);

    [LoggerMessage(2006, LogLevel.Information, "log opened at {Folder}: {Topics} topics in {ElapsedMs} ms")]
    public static partial void Opened(this ILogger logger, string folder, int topics, long elapsedMs);

    [LoggerMessage(2040, LogLevel.Debug, "{What}: ended before it was done, because the log closes")]
    public static partial void CoordinatorWorkEnded(this ILogger logger, string what);

    [LoggerMessage(2041, LogLevel.Error, "{What}: failed")]
    public static partial void CoordinatorWorkFailed(this ILogger logger, string what, Exception cause);

    [LoggerMessage(2042, LogLevel.Warning, "transaction of {TransactionalId}: open for longer than {Timeout}, aborted")]
    public static partial void TransactionTimedOut(this ILogger logger, string transactionalId, TimeSpan timeout);

    [LoggerMessage(2043, LogLevel.Warning, "transaction of {TransactionalId}: the end is decided but not yet everywhere: {Problem}; repeated in {RetryIn}")]
    public static partial void TransactionEndDelayed(this ILogger logger, string transactionalId, string problem, TimeSpan retryIn);

    [LoggerMessage(2044, LogLevel.Information, "group {Group}: its offsets were not used for {Retention} and are forgotten")]
    public static partial void GroupForgotten(this ILogger logger, string group, TimeSpan retention);

    [LoggerMessage(2008, LogLevel.Error, "{Partition}: batches could not be read for a client")]
    public static partial void FetchFailed(this ILogger logger, TopicPartition partition, Exception cause);

    [LoggerMessage(2009, LogLevel.Error, "{Partition}: a client asked for offset {Offset}, which is damaged on disk at {Where}: {Problem}")]
    public static partial void DamagedFetch(this ILogger logger, TopicPartition partition, string where, long offset, string problem);

    [LoggerMessage(2010, LogLevel.Warning, "{Partition}: upkeep (sealing, retention, compaction) failed and is tried again")]
    public static partial void UpkeepFailed(this ILogger logger, TopicPartition partition, Exception cause);

    [LoggerMessage(2011, LogLevel.Information, "{Partition}: compacted {Segments} segments from {BytesBefore} to {BytesAfter} bytes")]
    public static partial void Compacted(this ILogger logger, TopicPartition partition, int segments, long bytesBefore, long bytesAfter);

    [LoggerMessage(2012, LogLevel.Warning, "{Partition}: damage was taken out on request: {Range}")]
    public static partial void DamageSkipped(this ILogger logger, TopicPartition partition, QuarantinedRange range);
}
