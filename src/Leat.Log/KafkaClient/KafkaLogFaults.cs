using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>librdkafka's errors as Leat's.</summary>
internal static class KafkaLogFaults
{
    /// <summary>What an error means for the caller.</summary>
    public static LeatException Of(Rd.Error error, string where, Exception? cause = null) => error.Code switch
    {
        Rd.ErrorCode.UnknownTopicOrPart or Rd.ErrorCode.Local_UnknownTopic or Rd.ErrorCode.Local_UnknownPartition => LogErrors.UnknownTopic(TopicIn(where), [], where),
        Rd.ErrorCode.MsgSizeTooLarge or Rd.ErrorCode.RecordListTooLarge or Rd.ErrorCode.InvalidMsgSize => LogErrors.TooLargeForKafka(where, error.Reason),
        Rd.ErrorCode.InvalidRecord => LogErrors.KeyMissing(where, $"a record was refused: {error.Reason}"),
        Rd.ErrorCode.TopicException => LogErrors.InvalidName(TopicIn(where)),
        Rd.ErrorCode.InvalidConfig or Rd.ErrorCode.InvalidReplicationFactor or Rd.ErrorCode.InvalidPartitions => LogErrors.KafkaSetting($"{where}: {error.Reason}"),
        _ when IsPassing(error.Code) => LogErrors.KafkaUnreachable(where, Text(error), cause),
        _ => LogErrors.KafkaRefused(where, Text(error), cause),
    };

    public static LeatException Of(Rd.KafkaException e, string where) => Of(e.Error, where, e);

    public static bool IsUnknownTopic(Rd.ErrorCode code) => code is Rd.ErrorCode.UnknownTopicOrPart or Rd.ErrorCode.Local_UnknownTopic or Rd.ErrorCode.Local_UnknownPartition;

    public static bool IsFenced(Rd.ErrorCode code) => code is Rd.ErrorCode.ProducerFenced or Rd.ErrorCode.InvalidProducerEpoch or Rd.ErrorCode.Local_Fenced or Rd.ErrorCode.InvalidProducerIdMapping;

    public static bool IsMemberGone(Rd.ErrorCode code) => code is Rd.ErrorCode.UnknownMemberId or Rd.ErrorCode.IllegalGeneration or Rd.ErrorCode.RebalanceInProgress or Rd.ErrorCode.Local_AssignmentLost;

    /// <summary>Builds a client; librdkafka says here what it does not like about settings.</summary>
    public static T Made<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw LogErrors.KafkaSetting(e.Message);
        }
        catch (Rd.KafkaException e)
        {
            throw LogErrors.KafkaSetting(e.Error.Reason);
        }
    }

    /// <summary>Runs a blocking call of librdkafka away from the caller's thread; its errors as Leat's.</summary>
    /// <param name="calls">Of the client that is called.</param>
    /// <param name="call">The call; it ends by its own timeout.</param>
    /// <param name="where">Place for errors.</param>
    /// <param name="ct">Cancels waiting, not the call.</param>
    public static async Task<T> RunAsync<T>(this KafkaCalls calls, Func<T> call, string where, CancellationToken ct)
    {
        try
        {
            return await calls.RunAsync(call, ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            throw Of(e, where);
        }
    }

    private static bool IsPassing(Rd.ErrorCode code) => code is Rd.ErrorCode.Local_TimedOut or Rd.ErrorCode.Local_TimedOutQueue or Rd.ErrorCode.Local_MsgTimedOut or Rd.ErrorCode.Local_Transport
        or Rd.ErrorCode.Local_AllBrokersDown or Rd.ErrorCode.Local_Resolve or Rd.ErrorCode.Local_WaitCoord or Rd.ErrorCode.Local_WaitCache or Rd.ErrorCode.Local_Retry or Rd.ErrorCode.Local_QueueFull
        or Rd.ErrorCode.RequestTimedOut or Rd.ErrorCode.LeaderNotAvailable or Rd.ErrorCode.NotLeaderForPartition or Rd.ErrorCode.BrokerNotAvailable or Rd.ErrorCode.ReplicaNotAvailable
        or Rd.ErrorCode.NetworkException or Rd.ErrorCode.NotEnoughReplicas or Rd.ErrorCode.NotEnoughReplicasAfterAppend or Rd.ErrorCode.GroupLoadInProgress or Rd.ErrorCode.GroupCoordinatorNotAvailable
        or Rd.ErrorCode.NotCoordinatorForGroup or Rd.ErrorCode.NotController or Rd.ErrorCode.KafkaStorageError or Rd.ErrorCode.ConcurrentTransactions or Rd.ErrorCode.OffsetNotAvailable
        or Rd.ErrorCode.UnstableOffsetCommit or Rd.ErrorCode.ThrottlingQuotaExceeded or Rd.ErrorCode.Local_PurgeQueue or Rd.ErrorCode.Local_PurgeInflight or Rd.ErrorCode.Local_Destroy;

    private static string Text(Rd.Error error) => $"{error.Reason} ({error.Code})";

    private static string TopicIn(string where) => where.Split('[')[0];
}
