using System.Net;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>Settings of TLS are passed through to librdkafka: the client trusts whom it was told to and nobody else.</summary>
public sealed class KafkaTlsTests : IDisposable
{
    private static readonly TopicPartition Target = new("t", 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_broker_behind_TLS_When_its_certificate_is_trusted_Then_the_log_works_and_otherwise_LEAT2043()
    {
        IPEndPoint? target = null;
        await using var proxy = new TlsProxy(() => target!);
        await using var port = PortFixture.Open(_folder.Path, new KafkaPortOptions { KafkaPort = 0, KafkaAdvertisedPort = proxy.Port });
        target = port.Port.EndPoint;
        await port.Log.CreateTopicAsync(Target.Topic, new TopicOptions(), default);
        await using (var log = Open(proxy.Port, proxy.CertificatePem, seconds: 30))
        {
            var batch = new RecordBatchBuilder();
            batch.Add(1, "k"u8, "v"u8);
            Assert.Equal(new AppendResult(0, 1, false), await log.AppendAsync(Target, batch, null, default));
            Assert.Single(await LogText.ReadAllAsync(log, Target, 0));
        }
        var accepted = proxy.Accepted;
        Assert.True(accepted > 0);
        await using var stranger = Open(proxy.Port, TlsProxy.OtherCertificatePem(), seconds: 2);
        var error = await Assert.ThrowsAsync<LeatException>(async () => await stranger.ListTopicsAsync(default));
        Assert.Equal("LEAT2043", error.Code);
    }

    private KafkaLog Open(int port, string trusted, int seconds)
    {
        var file = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, trusted);
        var options = new KafkaLogOptions { Bootstrap = $"127.0.0.1:{port}", RequestTimeout = TimeSpan.FromSeconds(seconds) };
        (options.Settings["security.protocol"], options.Settings["ssl.ca.location"]) = ("SSL", file);
        return KafkaLog.Open(new KafkaLogParts(options));
    }
}
