using System.Diagnostics;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>The Kafka client costs nothing where it is not used, and says what it misses where it is.</summary>
public sealed class KafkaLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_no_cluster_When_the_log_is_used_Then_nothing_of_the_Kafka_client_is_loaded()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KafkaLoadingTests).Assembly.Location, "embedded-assemblies", _folder.Path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var loaded = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Leat.Log", loaded);
        Assert.DoesNotContain("Confluent", loaded);
        Assert.DoesNotContain("librdkafka", loaded);
    }

    [Fact]
    public void Given_no_such_library_When_looked_for_Then_LEAT2041_names_the_package()
    {
        var problem = KafkaLibrary.Find("librdkafka-not-there.so.1")!;
        Assert.Equal(("LEAT2041", Fault.External, Retry.Never), (problem.Code, problem.Fault, problem.Retry));
        Assert.Contains("librdkafka-not-there.so.1", problem.What);
        Assert.Contains("apt-get install librdkafka1", problem.Todo);
    }

    [Fact]
    public void Given_this_machine_When_the_library_is_looked_for_Then_it_is_there() => Assert.Null(KafkaLibrary.Find("librdkafka.so.1"));
}
