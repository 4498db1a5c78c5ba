using Leat.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Log.Tests;

/// <summary>A process that uses the log as a host without Kafka cluster does, and prints what it has loaded.</summary>
internal static class LoadedAssemblies
{
    public static async Task<int> PrintAsync(string folder)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(new LeatProject(folder, "p", "dev", folder)).AddLeatLog();
        await using (var provider = services.BuildServiceProvider())
        {
            var log = provider.GetRequiredService<IEventLog>();
            await log.CreateTopicAsync("t", new TopicOptions(), default);
            var batch = new RecordBatchBuilder();
            batch.Add(1, [], "x"u8);
            await log.AppendAsync(new TopicPartition("t", 0), batch, null, default);
            _ = await log.Groups.ListAsync(default);
        }
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Console.WriteLine(assembly.GetName().Name);
        foreach (var line in await File.ReadAllLinesAsync("/proc/self/maps")) if (line.Contains("librdkafka", StringComparison.Ordinal)) Console.WriteLine(line);
        return 0;
    }
}
