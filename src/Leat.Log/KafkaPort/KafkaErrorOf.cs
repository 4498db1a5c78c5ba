using Leat.Core;

namespace Leat.Log;

/// <summary>What a client is told about an error of the log.</summary>
internal static class KafkaErrorOf
{
    public static KafkaError Code(LeatException error) => error.Code switch
    {
        "LEAT2001" or "LEAT2006" => KafkaError.UnknownTopicOrPartition,
        "LEAT2002" => KafkaError.InvalidTopic,
        "LEAT2003" => KafkaError.InvalidPartitions,
        "LEAT2007" => KafkaError.InvalidConfig,
        "LEAT2012" => KafkaError.MessageTooLarge,
        "LEAT2020" => KafkaError.OffsetOutOfRange,
        "LEAT2021" => KafkaError.CorruptMessage,
        _ => KafkaError.KafkaStorageError,
    };
}
