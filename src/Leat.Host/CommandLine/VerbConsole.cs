namespace Leat.Host.CommandLine;

/// <summary>Where a verb talks to: the process's own streams, or those of a caller on the owner's socket.</summary>
/// <param name="Out">Data.</param>
/// <param name="Error">Talk, progress and errors.</param>
/// <param name="IsTerminal">Both go to a person; progress bars are welcome.</param>
/// <param name="UsesColour">Colour is welcome.</param>
/// <param name="WorkingFolder">The caller's current folder.</param>
public sealed record VerbConsole(TextWriter Out, TextWriter Error, bool IsTerminal, bool UsesColour, string WorkingFolder)
{
    /// <summary>The streams of this process; no colour when piped, with NO_COLOR or on a dumb terminal.</summary>
    public static VerbConsole OfProcess()
    {
        var terminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        var colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new VerbConsole(Console.Out, Console.Error, terminal, colour, Directory.GetCurrentDirectory());
    }
}
