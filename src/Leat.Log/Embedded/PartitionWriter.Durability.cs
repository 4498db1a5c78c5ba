using Leat.Storage;

namespace Leat.Log;

/// <summary>What makes records durable: fsync, the mark, side files; and the stop when it fails.</summary>
internal sealed partial class PartitionWriter
{
    private const long SaveIndexEveryBytes = 16 << 20;
    private readonly DurableMark _mark;
    private DurableFile _file;
    private long _syncedBytes;
    private long _producersDurableTo = -1;

    /// <summary>Why the partition stopped; null while it works.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether something acknowledged is not fsynced.</summary>
    public bool HasUnsynced => Last.SizeBytes > Volatile.Read(ref _syncedBytes);

    /// <summary>Fsync between appends, for topics that do not wait for it.</summary>
    public void SyncDue()
    {
        if (Failure is not null || !HasUnsynced) return;
        try
        {
            Sync();
        }
        catch (Exception e)
        {
            Stop(e);
        }
    }

    /// <summary>Leaves everything fsynced and indexed, and closes.</summary>
    public void Finish()
    {
        SyncDue();
        if (Failure is null) SaveSideFiles();
        _file.Dispose();
        _mark.Dispose();
    }

    private Core.LeatException Stop(Exception error)
    {
        Failure = error;
        if (!_context.State.IsRetired) _context.Logger.Stopped(_context.Partition, error);
        return _context.Stopped(error);
    }

    private void Sync()
    {
        SyncFile();
        NoteSynced();
    }

    /// <summary>An fsync that fails may have lost what was written, even if the next one succeeds: the partition must not go on.</summary>
    private void SyncFile()
    {
        try
        {
            _file.Sync();
        }
        catch (Exception e)
        {
            _ = Stop(e);
            throw;
        }
    }

    private void NoteSynced()
    {
        Volatile.Write(ref _syncedBytes, Last.SizeBytes);
        try
        {
            _mark.Write(Last.BaseOffset, Last.SizeBytes, Last.EndOffsetExcl);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Logger.SideFileFailed(_context.Partition, e);
        }
        if (Last.SizeBytes - Index.SavedBytes >= SaveIndexEveryBytes) SaveSideFiles();
    }

    /// <summary>Batches up to here may be removed: their producers are known without them.</summary>
    private void SaveProducersDurably()
    {
        ProducerSnapshot.SaveDurably(_context.Files, _context.Folder, _producers, Last.EndOffsetExcl);
        _producersDurableTo = Last.EndOffsetExcl;
    }

    /// <summary>Index and producers, as of an fsync of what they describe.</summary>
    private void SaveSideFiles()
    {
        try
        {
            Index.Save();
            if (_context.Topic.Cleanup.HasFlag(CleanupPolicy.Compact)) SaveProducersDurably();
            else ProducerSnapshot.Save(_context.Files, _context.Folder, _producers, Last.EndOffsetExcl);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Logger.SideFileFailed(_context.Partition, e);
        }
    }
}
