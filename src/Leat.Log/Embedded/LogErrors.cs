using Leat.Core;

namespace Leat.Log;

/// <summary>Every error of the room, in one place.</summary>
internal static class LogErrors
{
    public static LeatException UnknownTopic(string topic, IEnumerable<string> known, string where)
    {
        var near = Nearest.To(topic, known);
        return new("LEAT2001", $"there is no topic '{topic}'", where, near is null ? "create it with 'leat log topics create', or check the name" : $"use '{near}', or create the topic");
    }

    public static LeatException InvalidName(string topic) =>
        new("LEAT2002", $"'{topic}' is not a topic name", "topic name", "use 1 to 249 of the characters a-z A-Z 0-9 . _ - and not '.' or '..'");

    public static LeatException OtherSettings(string topic, int existing, int wanted) =>
        new("LEAT2003", $"topic '{topic}' exists with {existing} partitions, {wanted} were asked for", $"topic {topic}", "use the existing number of partitions, or another topic name");

    public static LeatException InUse(string folder, Exception cause) =>
        new("LEAT2004", "another process has this log open", folder, "stop the other process, or run the command inside it", Fault.External, Retry.WithBackoff, cause);

    public static LeatException BrokenTopic(string file, string what, Exception? cause = null) =>
        new("LEAT2005", $"the settings of a topic cannot be used: {what}", file, "restore the file from a backup; the records are not affected", Fault.External, cause: cause);

    public static LeatException NoPartition(TopicPartition partition, int partitions) =>
        new("LEAT2006", $"topic '{partition.Topic}' has no partition {partition.Partition}; it has 0 to {partitions - 1}", $"topic {partition.Topic}", "use an existing partition");

    public static LeatException InvalidOption(string name, object value, string range) =>
        new("LEAT2007", $"{name} is {value}; it must be {range}", "topic options", $"set {name} within the range");

    public static LeatException DiskFull(string where, Exception cause) =>
        new("LEAT2010", "the disk is full: nothing of this append was stored", where, "free space; writing goes on by itself as soon as there is room, reads are not affected", Fault.External, Retry.WithBackoff, cause);

    public static LeatException Stopped(string where, Exception cause) =>
        new("LEAT2011", $"the partition takes no more records because the disk failed: {cause.Message}", where, "check the disk, then restart: the log is checked and continued from what is really stored", Fault.External, cause: cause);

    public static LeatException TooLarge(string where, int bytes, int limit) =>
        new("LEAT2012", $"the batch has {bytes} bytes; the limit is {limit}", where, "append fewer records at a time, or raise Leat:Log:MaxBatchBytes");

    public static LeatException TooLargeForKafka(string where, string why) =>
        new("LEAT2012", $"the batch is larger than the Kafka cluster takes: {why}", where, "append fewer records at a time, or raise max.message.bytes of the topic and Leat:Log:Kafka:MaxBatchBytes");

    public static LeatException InvalidKey(string where, int length) =>
        new("LEAT2013", $"the idempotency key has {length} characters; it must have 1 to 512", where, "use a shorter key, for example a UUID");

    public static LeatException NotOpened(string where, Exception cause) =>
        new("LEAT2014", $"the files could not be opened or created: {cause.Message}", where, "check the disk and the rights on the folder", Fault.External, cause: cause);

    public static LeatException FewerPartitions(string topic, int existing, int wanted) =>
        new("LEAT2003", $"topic '{topic}' has {existing} partitions; {wanted} were asked for, but partitions can only be added", $"topic {topic}", $"ask for {existing} or more");

    public static LeatException ChangeFailed(string where, Exception cause) =>
        new("LEAT2037", $"the segments could not be changed: {cause.Message}", where, "check the disk and the rights on the folder; nothing was lost, the change is tried again or can be repeated", Fault.External, Retry.WithBackoff, cause);

    public static LeatException NotDamaged(string where, long offset) =>
        new("LEAT2038", $"nothing is damaged at offset {offset}", where, "use the offset that the error LEAT2021 or 'leat log check' names");

    public static LeatException UnknownConfig(string name, IEnumerable<string> known)
    {
        var near = Nearest.To(name, known);
        return new("LEAT2007", $"'{name}' is not a setting of a topic", "topic options", near is null ? $"use one of {string.Join(", ", known)}" : $"did you mean '{near}'?");
    }

    public static LeatException OpenToAll(string address) =>
        new("LEAT2040", $"the Kafka port would be open to everybody at {address}", "log.kafka_address", "listen at 127.0.0.1, or name who may log in under log.kafka_users");

    public static LeatException PortNotOpened(string where, Exception cause) =>
        new("LEAT2042", $"the Kafka port cannot be opened: {cause.Message}", where, "stop the other program at that port, or choose another one with log.kafka_port", Fault.External, Retry.WithBackoff, cause);

    public static LeatException NotDeadLetters(string topic) =>
        new("LEAT2047", $"'{topic}' is not a dead-letter topic: its name does not end with {DeadLetterTopics.Ending}", $"topic {topic}", $"use '{topic}{DeadLetterTopics.Ending}', or name the topic that its records go to");

    public static LeatException OwnTopic(string topic) =>
        new("LEAT2048", $"topic '{topic}' belongs to the log itself and stays as it is", $"topic {topic}", "use the verbs and calls for groups and transactions instead");

    public static LeatException OutOfRange(string where, long offset, PartitionView view) =>
        new("LEAT2020", $"offset {offset} is not in the partition; it holds {view.StartOffset} to {view.EndOffsetExcl} (excluded)", where, "seek to an offset in that range");

    public static LeatException OutOfRange(string where, long offset, long startOffset, long endOffsetExcl) =>
        new("LEAT2020", $"offset {offset} is not in the partition; it holds {startOffset} to {endOffsetExcl} (excluded)", where, "seek to an offset in that range");

    public static DamagedBatchException Damaged(string where, long offset, string problem, long resumeOffset) => new(
        $"the records from offset {offset} to {resumeOffset} (excluded) are damaged on disk: {problem}", where,
        $"restore the segment from a backup, or go on at offset {resumeOffset}", resumeOffset);

    public static DamagedBatchException DamagedRecord(string where, long baseOffset) => new(
        $"a record of the batch at offset {baseOffset} does not fit its batch, although the checksum is right", where,
        "the writer of this batch encodes wrongly: fix it; go on after the batch", baseOffset + 1);

    public static LeatException Packed(string where, Compression compression, Exception? cause = null) => cause is null
        ? new("LEAT2022", $"the records are packed with {CodecName(compression)}, for which this machine has no library", where, CodecRemedy(compression), Fault.External)
        : new("LEAT2022", $"the records packed with {CodecName(compression)} cannot be unpacked, although the checksum is right: {cause.Message}", where, "the writer of this batch packs wrongly: fix it; go on after the batch", Fault.External, cause: cause);

    public static LeatException KeyMissing(string where, string problem) =>
        new("LEAT2036", $"{problem}; the topic keeps the newest record of each key", where, "give every record a key, or use a topic that is not compacted");

    public static LeatException ReadFailed(string where, Exception cause) =>
        new("LEAT2023", $"the log could not be read: {cause.Message}", where, "check the disk and the rights on the folder", Fault.External, cause: cause);

    public static LeatException Fenced(string transactionalId) =>
        new("LEAT2030", $"a newer producer of '{transactionalId}' took over, or the transaction lasted longer than its timeout; what was open is aborted", $"transactional id {transactionalId}", "dispose this producer and open a new one");

    public static LeatException TransactionState(string transactionalId, string what) =>
        new("LEAT2031", what, $"transactional id {transactionalId}", "begin, write, then commit or abort, one transaction at a time; after an error abort");

    public static LeatException InstanceTaken(string group, string instance) =>
        new("LEAT2032", $"another member took over the instance id '{instance}'", $"group {group}", "give each running member its own instance id, or let this one end");

    public static LeatException CommitRefused(string group, string why) =>
        new("LEAT2033", $"the offsets were not committed: {why}", $"group {group}", "read on: another member goes on from the offsets committed before", retry: Retry.Never);

    public static LeatException GroupHasMembers(string group) =>
        new("LEAT2034", $"group '{group}' has members", $"group {group}", "stop its consumers first");

    public static LeatException UnknownGroup(string group) =>
        new("LEAT2035", $"there is no group '{group}'", $"group {group}", "check the name with 'leat log groups'");

    public static LeatException BrokenState(string what) =>
        new("LEAT2045", $"what the log kept of groups or transactions cannot be read: {what}", "topics __consumer_offsets and __transaction_state", "open the log with the version that wrote it, or a newer one");

    public static LeatException Coordinator(string where, KafkaError error) =>
        new("LEAT2046", $"the coordinator refused the call: {error}", where, "repeat the call; if it goes on, look at the log's own errors", Fault.External, Retry.WithBackoff);

    public static LeatException KafkaLibraryMissing(string why) =>
        new("LEAT2041", $"the Kafka client needs librdkafka 2.0 or newer of this system: {why}", KafkaLogOptions.Section, "install it (Debian: apt-get install librdkafka1) and start again", Fault.External);

    public static LeatException KafkaUnreachable(string where, string what, Exception? cause = null) =>
        new("LEAT2043", $"the Kafka cluster did not answer: {what}", where, "check log.kafka.bootstrap, the network and the brokers; a failed append may have been stored, so repeat it with the same idempotency key", Fault.External, Retry.WithBackoff, cause);

    public static LeatException KafkaRefused(string where, string what, Exception? cause = null) =>
        new("LEAT2044", $"the Kafka cluster refused: {what}", where, "check the rights of the user and the settings of topic and cluster", Fault.External, cause: cause);

    public static LeatException KafkaSetting(string what) =>
        new("LEAT2049", what, KafkaLogOptions.Section, "correct the setting in leat.yml");

    public static string CodecName(Compression codec) => Enum.IsDefined(codec) ? codec.ToString().ToLowerInvariant() : $"codec {(int)codec}";

    public static string CodecRemedy(Compression codec) => Codecs.PackageOf(codec) is { } package
        ? $"install the library (Debian: apt-get install {package}) and start again, or use another compression.type"
        : "use compression.type none, gzip, snappy, lz4 or zstd";
}
