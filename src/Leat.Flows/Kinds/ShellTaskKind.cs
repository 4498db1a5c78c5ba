using System.Diagnostics;
using System.Globalization;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Kind "shell": runs <c>command</c> by /bin/sh in the project folder. Its output becomes the attempt's log; exit code 0 is success.</summary>
/// <remarks>
/// The command finds LEAT_FLOW, LEAT_TASK, LEAT_RUN_ID, LEAT_ATTEMPT, LEAT_ATTEMPT_ID, LEAT_FROM and LEAT_TO in its environment; other settings come as they are named.
/// Cancel and timeout end the command and what it has started, and nothing else.
/// </remarks>
internal sealed class ShellTaskKind(LeatProject project) : ITaskKind
{
    private const string CommandKey = "command";

    public string Name => "shell";

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken ct)
    {
        if (context.Settings.GetValueOrDefault(CommandKey) is not { Length: > 0 } command)
        {
            throw new LeatException("LEAT5009", $"task '{context.Task}' has no command", $"flow {context.Flow}", "add settings: {command: \"...\"}");
        }
        using var process = Start(command, context);
        var lines = Task.WhenAll(PumpAsync(process.StandardOutput, context.Log), PumpAsync(process.StandardError, context.Log));
        try
        {
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        await lines.ConfigureAwait(false);
        return process.ExitCode == 0
            ? new TaskOutcome.Succeeded()
            : throw new LeatException("LEAT5005", $"the command ended with exit code {process.ExitCode}", $"task {context.Flow}.{context.Task}, attempt {context.Attempt}", "see the attempt's log for what it wrote", Fault.User, Retry.WithBackoff);
    }

    private Process Start(string command, TaskContext context)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = project.Root, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (key, value) in context.Settings)
        {
            if (key != CommandKey) start.Environment[key] = value;
        }
        start.Environment["LEAT_FLOW"] = context.Flow;
        start.Environment["LEAT_TASK"] = context.Task;
        start.Environment["LEAT_RUN_ID"] = context.RunId;
        start.Environment["LEAT_ATTEMPT"] = context.Attempt.ToString(CultureInfo.InvariantCulture);
        start.Environment["LEAT_ATTEMPT_ID"] = context.AttemptId;
        start.Environment["LEAT_FROM"] = context.From.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        start.Environment["LEAT_TO"] = context.ToExcl.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new LeatException("LEAT5009", $"/bin/sh cannot be started: {cause.Message}", $"task {context.Flow}.{context.Task}", "shell tasks need a Unix shell", Fault.External, Retry.Never, cause);
        }
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> log)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line) log(line);
    }
}
