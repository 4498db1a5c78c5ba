namespace Leat.Log;

/// <summary>An open topic; partitions that were not opened are null while it is being opened.</summary>
internal sealed record EmbeddedTopic(TopicInfo Info, PartitionLog[] Partitions)
{
    /// <summary>Closes a topic that nobody uses yet.</summary>
    public void Close()
    {
        foreach (var partition in Partitions)
        {
            partition?.Close();
            partition?.Finish();
        }
    }
}
