using Leat.Host.CommandLine;
using Leat.Host.Composition;

namespace Leat.Host;

/// <summary>Entry point of every Leat program: the command line of Leat with the project's own jobs, flows and verbs added.</summary>
public static class LeatApp
{
    /// <summary>Runs the verb in <paramref name="args"/>; returns 0 done, 1 failed, 2 wrong usage.</summary>
    /// <param name="args">Command line without the program name.</param>
    /// <param name="configure">Adds stream jobs, flows, services and verbs of the project.</param>
    public static async Task<int> RunAsync(string[] args, Action<LeatAppBuilder>? configure = null)
    {
        var builder = new LeatAppBuilder();
        configure?.Invoke(builder);
        return await new CommandLineRunner(builder).RunAsync(args, VerbConsole.OfProcess());
    }
}
