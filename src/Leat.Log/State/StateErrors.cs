using Leat.Core;

namespace Leat.Log;

/// <summary>What a client is told when a coordinator could not store something.</summary>
internal static class StateErrors
{
    public static KafkaError Of(LeatException error) => error.Retry == Retry.WithBackoff ? KafkaError.CoordinatorNotAvailable : KafkaError.KafkaStorageError;
}
