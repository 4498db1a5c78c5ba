using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Makes librdkafka's clients with the settings of the log.</summary>
internal sealed class KafkaLogClients
{
    private static readonly TimeSpan LongestLinger = TimeSpan.FromMinutes(5);
    private readonly KafkaLogParts _parts;
    private readonly Dictionary<string, string> _common;
    private readonly KafkaStatistics _statistics;

    public KafkaLogClients(KafkaLogParts parts)
    {
        KafkaLibrary.Load();
        _parts = parts;
        _statistics = new KafkaStatistics(parts.Metrics ?? new LogMetrics(new Meter("Leat.Log")), parts.Logger);
        _common = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = Options.Bootstrap,
            ["client.id"] = "leat",
            ["allow.auto.create.topics"] = "false",
            ["statistics.interval.ms"] = Number(Options.StatisticsInterval.TotalMilliseconds),
            ["socket.keepalive.enable"] = "true",
            ["log.connection.close"] = "false",
        };
        foreach (var (name, value) in Options.Settings) _common[name.ToLowerInvariant()] = KafkaLogOptions.IsReference(value) ? Secret(value) : value;
    }

    public KafkaLogOptions Options => _parts.Options;

    public TimeProvider Time => _parts.Time;

    public ILogger Logger => _parts.Logger;

    /// <summary>A producer whose deliveries are reported inside its Flush and Poll only.</summary>
    /// <param name="transactionalId">Null = idempotent without transactions.</param>
    /// <param name="transactionTimeout">Of transactions.</param>
    public Rd.IProducer<byte[]?, byte[]?> Producer(string? transactionalId = null, TimeSpan transactionTimeout = default)
    {
        // Messages leave the queue in Flush only, so that one append becomes one batch: the linger just has to be longer than filling the queue takes.
        var linger = TimeSpan.FromTicks(Math.Min(LongestLinger.Ticks, Options.DeliveryTimeout.Ticks / 2));
        var settings = With(
            ("enable.idempotence", "true"),
            ("acks", "all"),
            ("linger.ms", Number(linger.TotalMilliseconds)),
            ("message.timeout.ms", Number(Options.DeliveryTimeout.TotalMilliseconds)),
            ("message.max.bytes", "1000000000"),
            ("batch.size", "2147483647"),
            ("batch.num.messages", Number(KafkaAppend.MostRecords)),
            ("queue.buffering.max.messages", "0"),
            ("queue.buffering.max.kbytes", "2147483647"),
            ("dotnet.producer.enable.background.poll", "false"),
            ("dotnet.producer.delivery.report.fields", "none"));
        if (transactionalId is not null)
        {
            settings["transactional.id"] = transactionalId;
            settings["transaction.timeout.ms"] = Number(transactionTimeout.TotalMilliseconds);
            settings["message.timeout.ms"] = Number(Math.Min(Options.DeliveryTimeout.TotalMilliseconds, transactionTimeout.TotalMilliseconds));
            settings["linger.ms"] = Number(Math.Min(linger.TotalMilliseconds, transactionTimeout.TotalMilliseconds / 2));
        }
        return KafkaLogFaults.Made(() => new Rd.ProducerBuilder<byte[]?, byte[]?>(settings)
            .SetLogHandler((_, line) => Log(line))
            .SetErrorHandler((_, error) => _parts.Logger.KafkaClientError(error.Code.ToString(), error.Reason))
            .SetStatisticsHandler((_, json) => _statistics.Note(json))
            .Build());
    }

    /// <summary>A consumer that hands records to <paramref name="scratch"/>.</summary>
    /// <param name="group">Group id, also where no group is joined.</param>
    /// <param name="scratch">Takes the bytes of keys and values.</param>
    /// <param name="reset">What to do where a position is not in the partition: error, earliest or latest.</param>
    /// <param name="more">Sets what is special.</param>
    public Rd.IConsumer<KafkaPart, KafkaPart> Consumer(string group, KafkaScratch scratch, string reset, Action<Dictionary<string, string>, Rd.ConsumerBuilder<KafkaPart, KafkaPart>?>? more = null)
    {
        var settings = With(
            ("group.id", group),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", reset),
            ("isolation.level", "read_committed"),
            ("enable.partition.eof", "true"),
            ("check.crcs", "true"),
            ("queued.max.messages.kbytes", Number(Options.ReadAheadBytes >> 10)),
            // A full queue makes librdkafka wait for this time before it fetches again.
            ("fetch.error.backoff.ms", "20"));
        more?.Invoke(settings, null);
        var builder = new Rd.ConsumerBuilder<KafkaPart, KafkaPart>(settings)
            .SetKeyDeserializer(scratch)
            .SetValueDeserializer(scratch)
            .SetLogHandler((_, line) => Log(line))
            .SetErrorHandler((_, error) => _parts.Logger.KafkaClientError(error.Code.ToString(), error.Reason))
            .SetStatisticsHandler((_, json) => _statistics.Note(json));
        more?.Invoke(settings, builder);
        return KafkaLogFaults.Made(builder.Build);
    }

    public Rd.IAdminClient Admin() => KafkaLogFaults.Made(() => new Rd.AdminClientBuilder(With())
        .SetLogHandler((_, line) => Log(line))
        .SetErrorHandler((_, error) => _parts.Logger.KafkaClientError(error.Code.ToString(), error.Reason))
        .Build());

    private Dictionary<string, string> With(params ReadOnlySpan<(string Name, string Value)> own)
    {
        var settings = new Dictionary<string, string>(_common, StringComparer.Ordinal);
        foreach (var (name, value) in own) settings[name] = value;
        return settings;
    }

    private string Secret(string reference) => _parts.Secrets?.Resolve(reference) ?? throw LogErrors.KafkaSetting("a setting refers to a secret, and there is nothing to look it up");

    private void Log(Rd.LogMessage line)
    {
        var level = line.Level switch
        {
            <= Rd.SyslogLevel.Error => LogLevel.Warning, // librdkafka repeats what it cannot do now; what fails for good is an exception
            Rd.SyslogLevel.Warning or Rd.SyslogLevel.Notice => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        _parts.Logger.KafkaClientLine(level, line.Facility, line.Message);
    }

    private static string Number(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);
}
