using System.Diagnostics;
using System.Globalization;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>kcat produces and consumes while the process that holds log and port is killed and started again at the same port.</summary>
public sealed class KilledBrokerTests : IDisposable
{
    private const int Kills = 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [KcatFact]
    public async Task Given_a_broker_killed_in_mid_stream_When_started_again_Then_every_record_of_kcat_is_stored_and_consumed_once_and_in_order()
    {
        var rounds = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 20 : Kills;
        await using (var log = EmbeddedLog.Open(_folder.Path)) await log.CreateTopicAsync("stream", new TopicOptions(), default);
        var broker = await PortProcess.StartAsync(_folder.Path);
        try
        {
            var port = broker.Port;
            using var producer = Start("-P", broker.Bootstrap, "-X", "enable.idempotence=true", "-X", "linger.ms=5", "-X", "reconnect.backoff.max.ms=200", "-X", "message.timeout.ms=60000");
            using var consumer = Start("-C", broker.Bootstrap, "-o", "beginning", "-q", "-u", "-X", "reconnect.backoff.max.ms=200");
            var errors = producer.StandardError.ReadToEndAsync();
            var sent = 0;
            for (var round = 0; round < rounds; round++)
            {
                sent = await SendAsync(producer, sent, 2000);
                await broker.KillAsync();
                sent = await SendAsync(producer, sent, 500);
                broker.Dispose();
                broker = await PortProcess.StartAsync(_folder.Path, port);
            }
            producer.StandardInput.Close();
            await producer.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(producer.ExitCode == 0, await errors);
            var expected = Enumerable.Range(0, sent).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(expected, await ReadAsync(consumer, sent));
            consumer.Kill();
            await broker.KillAsync();
            await using var stored = EmbeddedLog.Open(_folder.Path);
            Assert.Equal(expected, (await LogText.ReadAllAsync(stored, new TopicPartition("stream", 0), 0, 1 << 20)).Select(l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        }
        finally
        {
            broker.Dispose();
        }
    }

    private static Process Start(string mode, string bootstrap, params string[] more) =>
        Process.Start(new ProcessStartInfo(Kcat.Program, [mode, "-E", "-b", bootstrap, "-t", "stream", "-p", "0", .. more]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = mode == "-P" })!;

    private static async Task<int> SendAsync(Process producer, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await producer.StandardInput.WriteLineAsync((from + i).ToString(CultureInfo.InvariantCulture));
            if (i % 50 != 0) continue;
            await producer.StandardInput.FlushAsync();
            await Task.Delay(2);
        }
        await producer.StandardInput.FlushAsync();
        return from + count;
    }

    private static async Task<List<string>> ReadAsync(Process consumer, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = new List<string>();
        while (lines.Count < count && await consumer.StandardOutput.ReadLineAsync(patience.Token) is { } line) lines.Add(line);
        return lines;
    }
}
