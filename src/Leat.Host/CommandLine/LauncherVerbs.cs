namespace Leat.Host.CommandLine;

/// <summary>Verbs that the launcher <c>./leat</c> sends to the program of the storefront: not run here, but told of in help, where the launcher and the example are there.</summary>
internal static class LauncherVerbs
{
    private static readonly (string Name, string Summary)[] OfStorefront =
    [
        ("demo", "run the storefront end to end: simulated, or real files replayed (--data DIR)"),
        ("simulate", "the storefront's world as files"),
    ];

    /// <summary>Name and summary of each; none where they cannot be run, or the program has them itself.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Of(CommandTree tree)
    {
        var isThere = Environment.GetEnvironmentVariable("LEAT_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "examples", "storefront"));
        return isThere ? [.. OfStorefront.Where(v => tree.Root.Subcommands.All(c => c.Name != v.Name))] : [];
    }
}
