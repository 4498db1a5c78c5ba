using Leat.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Leat.Log.Tests;

public sealed class KafkaLogOptionsTests
{
    [Theory]
    [InlineData("acks", "1", "Leat:Log:Kafka:Settings:acks cannot be set: Leat's promises rest on it.")]
    [InlineData("Isolation.Level", "read_uncommitted", "Leat:Log:Kafka:Settings:isolation.level cannot be set: Leat's promises rest on it.")]
    [InlineData("sasl.password", "hunter2", "Leat:Log:Kafka:Settings:sasl.password has a value; it is a secret: write env:NAME or file:PATH.")]
    public void Given_a_setting_that_is_not_allowed_When_checked_Then_it_is_named_without_its_value(string name, string value, string problem)
    {
        var options = new KafkaLogOptions { Bootstrap = "h:9092" };
        options.Settings[name] = value;
        Assert.Equal(problem, options.Problem());
        var error = Assert.Throws<LeatException>(() => KafkaLog.Open(new KafkaLogParts(options)));
        Assert.Equal("LEAT2049", error.Code);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void Given_figures_out_of_range_When_checked_Then_name_value_and_range_are_told()
    {
        Assert.Equal("Leat:Log:Kafka:RequestTimeout is 00:00:00; it must be between 00:00:01 and 00:05:00.", new KafkaLogOptions { Bootstrap = "h", RequestTimeout = TimeSpan.Zero }.Problem());
        Assert.Equal("Leat:Log:Kafka:InFlightBytes is 1; it must be between 921600 and 1073741824.", new KafkaLogOptions { Bootstrap = "h", InFlightBytes = 1 }.Problem());
        Assert.Null(new KafkaLogOptions { RequestTimeout = TimeSpan.Zero }.Problem());
    }

    [Fact]
    public void Given_a_secret_that_is_not_set_When_opened_Then_LEAT1022_names_the_variable()
    {
        var options = new KafkaLogOptions { Bootstrap = "127.0.0.1:1" };
        options.Settings["sasl.password"] = "env:LEAT_TEST_NO_SUCH_SECRET";
        Assert.Equal("LEAT1022", Assert.Throws<LeatException>(() => KafkaLog.Open(new KafkaLogParts(options) { Secrets = new EnvironmentSecrets("/") })).Code);
    }

    [Fact]
    public void Given_a_setting_that_librdkafka_does_not_know_When_opened_Then_LEAT2049_names_it()
    {
        var options = new KafkaLogOptions { Bootstrap = "127.0.0.1:1" };
        options.Settings["no.such.setting"] = "1";
        var error = Assert.Throws<LeatException>(() => KafkaLog.Open(new KafkaLogParts(options)));
        Assert.Equal("LEAT2049", error.Code);
        Assert.Contains("no.such.setting", error.What);
    }

    [Fact]
    public async Task Given_a_project_with_a_cluster_When_composed_Then_the_log_is_the_cluster_and_the_settings_are_those_of_the_project()
    {
        var file = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(file.FullName, "leat.yml"), """
            name: shop
            log:
              kafka:
                bootstrap: 127.0.0.1:1
                request_timeout: 00:00:02
                settings:
                  client.rack: r1
                  compression.type: lz4
            """);
        var loaded = ProjectLoader.Load(file.FullName);
        var services = new ServiceCollection().AddLogging().AddLeatCore(loaded.Project, loaded.Configuration).AddLeatLog();
        await using (var provider = services.BuildServiceProvider())
        {
            var options = provider.GetRequiredService<IOptions<KafkaLogOptions>>().Value;
            Assert.Equal(TimeSpan.FromSeconds(2), options.RequestTimeout);
            Assert.Equal(["client.rack=r1", "compression.type=lz4"], options.Settings.Select(s => $"{s.Key.ToLowerInvariant()}={s.Value}").Order());
            Assert.IsType<KafkaLog>(provider.GetRequiredService<IEventLog>());
            Assert.False(Directory.Exists(loaded.Project.LogFolder));
        }
        file.Delete(recursive: true);
    }
}
