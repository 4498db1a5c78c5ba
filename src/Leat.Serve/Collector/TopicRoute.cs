using System.Text;
using Leat.Core;
using Leat.Log;

namespace Leat.Serve.Collector;

/// <summary>Where events of a topic go and what is known of them.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Partitions">Partitions it has.</param>
/// <param name="Source">Declaration; null when the topic only exists in the log.</param>
/// <param name="Contract">What events must look like; null when nothing is declared.</param>
internal sealed record TopicRoute(string Topic, int Partitions, TopicSource? Source, IDatasetContract? Contract)
{
    /// <summary>UTF-8 name of the key's member; empty = no key.</summary>
    public byte[] KeyName { get; } = Encoding.UTF8.GetBytes(Source?.KeyField ?? "");

    /// <summary>UTF-8 name of the id's member.</summary>
    public byte[] IdName { get; } = Encoding.UTF8.GetBytes(Source?.IdField ?? "event_id");

    /// <summary>Whether events that break the contract are kept.</summary>
    public bool Quarantines => Contract?.Policy == ContractPolicy.Quarantine;

    /// <summary>Partition by key as Kafka does it.</summary>
    public int PartitionOf(ReadOnlySpan<byte> key) => Partitioner.For(key, Partitions);
}
