using System.Diagnostics;

namespace Leat.Log.Tests;

/// <summary>Debian's kcat, a client that nobody here wrote.</summary>
internal static class Kcat
{
    public const string Program = "/usr/bin/kcat";

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Runs kcat to its end.</summary>
    /// <param name="input">What it reads from standard input; null = nothing.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(int Code, string Out, string Error)> RunAsync(string? input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (-1, await output, $"kcat {string.Join(' ', arguments)} did not end in time: {await error}");
        }
        return (process.ExitCode, await output, await error);
    }
}
