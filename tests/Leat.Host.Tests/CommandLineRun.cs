using Leat.Host.CommandLine;

namespace Leat.Host.Tests;

/// <summary>One command line run inside the test's process, with what it printed.</summary>
internal sealed record CommandLineRun(int Code, string Out, string Error)
{
    /// <summary>Runs the command line as if typed in <paramref name="folder"/>.</summary>
    public static async Task<CommandLineRun> InAsync(string folder, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await new CommandLineRunner(new LeatAppBuilder()).RunAsync(args, new VerbConsole(output, error, IsTerminal: false, UsesColour: false, folder));
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }
}
