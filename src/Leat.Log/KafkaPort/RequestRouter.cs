namespace Leat.Log;

/// <summary>Brings each request of one connection to who answers it.</summary>
internal sealed class RequestRouter(KafkaHandlers handlers, SaslSession sasl)
{
    private static readonly TimeSpan PauseAfterWrongLogin = TimeSpan.FromMilliseconds(100);

    /// <summary>The response, without its size filled in; null when the client wants none.</summary>
    /// <exception cref="MalformedRequestException">The bytes are no request.</exception>
    /// <exception cref="ConnectionEndException">The request cannot be answered.</exception>
    public ValueTask<KafkaWriter?> AnswerAsync(Memory<byte> frame, KafkaClient client, CancellationToken ct)
    {
        if (sasl.WantsRawToken) return new(AnswerToken(frame.Span));
        var request = KafkaRequest.Of(frame, client, ct);
        var key = (ApiKey)request.Header.Key;
        if (ApiTable.Find(request.Header.Key) is not { } api) throw new ConnectionEndException($"there is no request {request.Header.Key} here");
        handlers.Metrics.Request(key);
        if (!api.Holds(request.Header.Version)) return new(AnswerVersion(request, api));
        switch (key)
        {
            case ApiKey.ApiVersions: return new(Versions(request));
            case ApiKey.SaslHandshake: return new(Handshake(request));
            case ApiKey.SaslAuthenticate: return AuthenticateAsync(request);
            default:
                if (!sasl.IsDone) throw new ConnectionEndException($"{key} before the login");
                return DispatchAsync(key, request);
        }
    }

    private ValueTask<KafkaWriter?> DispatchAsync(ApiKey key, KafkaRequest request) => key switch
    {
        ApiKey.Produce => handlers.Produce.ProduceAsync(request),
        ApiKey.Fetch => handlers.Fetch.FetchAsync(request),
        ApiKey.ListOffsets => handlers.Offsets.ListAsync(request),
        ApiKey.OffsetForLeaderEpoch => handlers.Offsets.EndOfEpochAsync(request),
        ApiKey.DeleteRecords => handlers.Offsets.DeleteRecordsAsync(request),
        ApiKey.Metadata => handlers.Metadata.DescribeAsync(request),
        ApiKey.FindCoordinator => new(handlers.Metadata.FindCoordinator(request)),
        ApiKey.CreateTopics => handlers.Topics.CreateAsync(request),
        ApiKey.DeleteTopics => handlers.Topics.DeleteAsync(request),
        ApiKey.CreatePartitions => handlers.Topics.AddPartitionsAsync(request),
        ApiKey.DescribeConfigs => handlers.Configs.DescribeAsync(request),
        ApiKey.AlterConfigs => handlers.Configs.AlterAsync(request, AlterConfigsApi.Read),
        ApiKey.IncrementalAlterConfigs => handlers.Configs.AlterAsync(request, AlterConfigsApi.ReadIncremental),
        ApiKey.InitProducerId => handlers.Transactions.InitAsync(request),
        ApiKey.AddPartitionsToTxn => handlers.Transactions.AddPartitionsAsync(request),
        ApiKey.AddOffsetsToTxn => handlers.Transactions.AddOffsetsAsync(request),
        ApiKey.TxnOffsetCommit => handlers.Transactions.CommitOffsetsAsync(request),
        ApiKey.EndTxn => handlers.Transactions.EndAsync(request),
        _ => DispatchGroupAsync(key, request),
    };

    private ValueTask<KafkaWriter?> DispatchGroupAsync(ApiKey key, KafkaRequest request) => key switch
    {
        ApiKey.JoinGroup => handlers.Groups.JoinAsync(request),
        ApiKey.SyncGroup => handlers.Groups.SyncAsync(request),
        ApiKey.Heartbeat => handlers.Groups.HeartbeatAsync(request),
        ApiKey.LeaveGroup => handlers.Groups.LeaveAsync(request),
        ApiKey.OffsetCommit => handlers.Groups.CommitAsync(request),
        ApiKey.OffsetFetch => handlers.Groups.FetchOffsetsAsync(request),
        ApiKey.DescribeGroups => handlers.Groups.DescribeAsync(request),
        ApiKey.ListGroups => handlers.Groups.ListAsync(request),
        ApiKey.DeleteGroups => handlers.Groups.DeleteAsync(request),
        _ => throw new InvalidOperationException($"{key} is in the table, but nobody answers it"),
    };

    /// <summary>A version of ApiVersions that is not known is answered in version 0, with the versions that are; any other closes the connection, as there is no encoding for an answer.</summary>
    private static KafkaWriter AnswerVersion(KafkaRequest request, ApiVersionRange api)
    {
        if (api.Key != ApiKey.ApiVersions) throw new ConnectionEndException($"{api.Key} version {request.Header.Version}; versions {api.Min} to {api.Max} are answered");
        var writer = (request.Header with { Version = 0 }).Respond();
        ApiVersionsApi.Write(writer, KafkaError.UnsupportedVersion);
        return writer;
    }

    private static KafkaWriter Versions(KafkaRequest request)
    {
        request.Read(static (ref KafkaReader r) =>
        {
            ApiVersionsApi.Read(ref r);
            return 0;
        });
        var writer = request.Respond();
        ApiVersionsApi.Write(writer, KafkaError.None);
        return writer;
    }

    private KafkaWriter Handshake(KafkaRequest request)
    {
        var error = sasl.Choose(request.Read(SaslHandshakeApi.Read), request.Header.Version);
        var writer = request.Respond();
        SaslHandshakeApi.Write(writer, error, SaslMechanism.All);
        return writer;
    }

    private async ValueTask<KafkaWriter?> AuthenticateAsync(KafkaRequest request)
    {
        var (error, message, answer) = sasl.Authenticate(request.Read(SaslAuthenticateApi.Read).Span);
        if (error == KafkaError.SaslAuthenticationFailed) await Task.Delay(PauseAfterWrongLogin, handlers.Time, request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        SaslAuthenticateApi.Write(writer, error, message, answer);
        return writer;
    }

    private KafkaWriter AnswerToken(ReadOnlySpan<byte> token)
    {
        var (error, message, answer) = sasl.Authenticate(token);
        if (error != KafkaError.None) throw new ConnectionEndException(message ?? "login failed");
        var writer = new KafkaWriter(0, false);
        writer.WriteBytes(answer); // the length of the token stands where the size of a response does
        return writer;
    }
}
