namespace Leat.Log;

/// <summary>Outcome for a partition in answers that say nothing else of it.</summary>
internal readonly record struct PartitionError(int Index, KafkaError Error)
{
    public static void Write(KafkaWriter w, PartitionError result)
    {
        w.WriteInt32(result.Index);
        w.WriteError(result.Error);
    }
}
