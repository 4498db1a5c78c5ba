using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Leat.Core;

namespace Storefront.Replay;

/// <summary>Sends a folder of invoice lines through the collector in invoice-time order, then a final watermark. Started again after a kill, it goes on where it stopped.</summary>
internal sealed class RetailReplay(string folder, string stateFolder, TimeProvider time)
{
    /// <summary>Topic the lines go to.</summary>
    public const string Topic = "sales";

    private const int LinesPerRequest = 1000;

    /// <summary>Beyond the end of the last day's window, so that every window closes.</summary>
    private static readonly TimeSpan FinalWatermark = TimeSpan.FromDays(2);

    /// <summary>Hash of the names, sizes and times of the files: another folder is another replay.</summary>
    public string Fingerprint { get; } = FingerprintOf(folder);

    /// <summary>Sends everything that was not acknowledged before.</summary>
    /// <param name="client">Collector to send to.</param>
    /// <param name="speedup">Event seconds a second; null = as fast as the collector takes them.</param>
    /// <param name="progress">Told the number of lines after each request.</param>
    /// <param name="ct">Stops between requests.</param>
    /// <returns>Lines in the folder, whether sent now or before.</returns>
    public async Task<long> RunAsync(CollectorClient client, double? speedup, Action<long> progress, CancellationToken ct)
    {
        var files = RetailFile.Find(folder);
        var acknowledged = ReadCursor();
        using var writer = new EventWriter();
        var pace = new Pace(speedup, time);
        long lines = 0, request = 0;
        var last = DateTime.MinValue;
        var sending = Task.CompletedTask;
        foreach (var line in TimeOrder.Merge(files))
        {
            lines++;
            last = line.Time;
            await pace.WaitForAsync(line.Time, ct);
            writer.Add(line);
            if (writer.Count < LinesPerRequest) continue;
            sending = await NextAsync(sending, client, request < acknowledged ? null : writer, request++, ct);
            writer.Clear();
            progress(lines);
        }
        if (writer.Count > 0) sending = await NextAsync(sending, client, request < acknowledged ? null : writer, request, ct);
        await sending;
        if (lines > 0) await client.SendWatermarkAsync(Topic, last + FinalWatermark, $"replay/{Fingerprint}/end", ct);
        return lines;
    }

    /// <summary>One request is on its way while the next is written; their order is kept. Without a writer the request was acknowledged before.</summary>
    private async Task<Task> NextAsync(Task sending, CollectorClient client, EventWriter? writer, long request, CancellationToken ct)
    {
        var body = writer?.ToBody();
        await sending;
        return body is null ? Task.CompletedTask : SendAsync(client, body, request, ct);
    }

    private async Task SendAsync(CollectorClient client, byte[] body, long request, CancellationToken ct)
    {
        var answer = await client.SendAsync(Topic, body, $"replay/{Fingerprint}/{request}", ct);
        if (answer.Rejected > 0) throw new LeatException("LEAT8004", $"the collector rejected {answer.Rejected} lines of request {request}", folder, "set on_violation: quarantine in sources/sales.yml, so that nothing is lost");
        await File.WriteAllTextAsync(CursorFile, (request + 1).ToString(CultureInfo.InvariantCulture), CancellationToken.None);
    }

    private string CursorFile => Path.Combine(stateFolder, $"replay-{Fingerprint}.cursor");

    /// <summary>Requests known to be acknowledged. A torn or missing file only means that some are sent again, which their keys make harmless.</summary>
    private long ReadCursor() => File.Exists(CursorFile) && long.TryParse(File.ReadAllText(CursorFile), CultureInfo.InvariantCulture, out var requests) ? requests : 0;

    private static string FingerprintOf(string folder)
    {
        var description = new StringBuilder();
        foreach (var file in RetailFile.Find(folder))
        {
            var info = new FileInfo(file.Path);
            description.Append(CultureInfo.InvariantCulture, $"{file.Name} {info.Length} {info.LastWriteTimeUtc.Ticks}\n");
        }
        if (description.Length == 0) throw new LeatException("LEAT8005", "there is no .csv file below the folder", folder, "give --data a folder with files like those of the UCI Online Retail data set");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description.ToString())))[..16];
    }
}
