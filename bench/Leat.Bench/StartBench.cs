using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Bench;

/// <summary>How soon the program answers: help, up, the first live number; and what it holds when idle. Runs the launcher as its users do.</summary>
public sealed class StartBench(string launcher, string project) : IBenchmark
{
    private const int QuickRuns = 3;
    private const int FullRuns = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public string Name => "start";

    public string Summary => "help, up, first number, idle memory";

    public async Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var runs = quick ? QuickRuns : FullRuns;
        var help = new List<double>();
        var ready = new List<double>();
        var number = new List<double>();
        var memory = new List<double>();
        var answers = new List<string>();
        for (var run = -1; run < runs; run++)
        {
            progress(run < 0 ? "warm-up" : $"run {run + 1} of {runs}");
            var helpMs = await MeasureHelpAsync(ct);
            var up = await MeasureUpAsync(ct);
            if (run < 0) continue;
            help.Add(helpMs);
            ready.Add(up.ReadyMs);
            number.Add(up.FirstNumberMs);
            memory.Add(up.IdleMb);
            answers.Add(up.Answer);
        }
        var right = answers.All(a => a == "12.5");
        return new BenchReport(
            Name,
            [BenchFigure.Of("help_ms", "ms", help), BenchFigure.Of("up_ready_ms", "ms", ready), BenchFigure.Of("first_number_ms", "ms", number), BenchFigure.Of("idle_memory_mb", "MB", memory)],
            [new BenchCheck("first_number_is_right", right, $"revenue in the view after one sale of 12.5: {string.Join(", ", answers.Distinct())}")]);
    }

    private async Task<double> MeasureHelpAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Start(["--help"], null);
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private async Task<(double ReadyMs, double FirstNumberMs, double IdleMb, string Answer)> MeasureUpAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-bench-").FullName;
        var started = Stopwatch.GetTimestamp();
        using var process = Start(["up", "--port", "0", "--json", "--project", project], folder);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new LeatException("LEAT7030", "'leat up' ended before it was ready", project, "run it by hand to see why", Fault.External);
            using var client = new HttpClient { BaseAddress = new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!), Timeout = Patience };
            using var health = await client.GetAsync("/health/ready", ct);
            health.EnsureSuccessStatusCode();
            var readyMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var answer = await FirstNumberAsync(client, ct);
            var numberMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await Task.Delay(Settling, ct);
            return (readyMs, numberMs, AnonymousMb(process.Id), answer);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sends one sale and reads the live revenue until it is there.</summary>
    private static async Task<string> FirstNumberAsync(HttpClient client, CancellationToken ct)
    {
        const string Sale = """{"event_id":"1","invoice_no":"1","stock_code":"A","quantity":5,"invoice_date":"2026-01-05T10:00:00Z","unit_price":2.5,"country":"Korea"}""";
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Sale + "\n"));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var sent = await client.PostAsync("/v1/events/sales", body, ct);
        sent.EnsureSuccessStatusCode();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync("/v1/views/revenue_per_minute", ct));
            var rows = answer.RootElement.GetProperty("rows");
            if (rows.GetArrayLength() == 0)
            {
                await Task.Delay(1, ct);
                continue;
            }
            var column = answer.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToList().IndexOf("revenue");
            return decimal.Parse(rows[0][column].ToString(), CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture);
        }
        return "nothing";
    }

    private Process Start(string[] arguments, string? dataFolder)
    {
        var start = new ProcessStartInfo(launcher) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (dataFolder is not null) start.Environment["LEAT_DATA_FOLDER"] = dataFolder;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static double AnonymousMb(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
