using System.CommandLine;
using System.CommandLine.Invocation;

namespace Leat.Host.CommandLine;

/// <summary>Help with the examples before the reference.</summary>
internal sealed class ExamplesFirstHelp(CommandTree tree) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return 0;
    }

    public void Write(Command command, TextWriter output)
    {
        var verb = tree.VerbOf(command);
        output.WriteLine(command.Description);
        output.WriteLine();
        WriteExamples(verb, output);
        output.WriteLine($"usage: {Usage(command)}");
        if (command.Subcommands.Count > 0) WriteRows("verbs", command.Subcommands.Select(c => (c.Name, c.Description ?? "")), output);
        if (verb is null && LauncherVerbs.Of(tree) is { Count: > 0 } others) WriteRows("the storefront, from any folder without a project", others, output);
        if (command.Arguments.Count > 0) WriteRows("arguments", command.Arguments.Select(a => (Shown(a), a.Description ?? "")), output);
        WriteRows("options", command.Options.Concat(verb is null ? [] : tree.Root.Options.Where(o => o.Recursive)).Select(o => (Shown(o), o.Description ?? "")), output);
    }

    private static void WriteExamples(Verb? verb, TextWriter output)
    {
        string[] examples = verb is null
            ? ["demo                          the storefront, end to end, in the browser", "new shop && cd shop && leat up    a project of your own", "sql \"from lake.raw.orders limit 5\"   ask anything"]
            : [.. verb.Examples];
        output.WriteLine("examples:");
        foreach (var example in examples) output.WriteLine($"  leat {example}");
        output.WriteLine();
    }

    private static string Usage(Command command)
    {
        var path = new List<string>();
        for (Symbol? symbol = command; symbol is Command and not RootCommand; symbol = symbol.Parents.FirstOrDefault()) path.Insert(0, symbol.Name);
        var arguments = string.Concat(command.Arguments.Select(a => " " + Shown(a)));
        return $"leat {string.Join(' ', path)}{(command.Subcommands.Count > 0 ? (path.Count > 0 ? " " : "") + "VERB" : "")}{arguments} [options]";
    }

    private static string Shown(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name.ToUpperInvariant();
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
    }

    private static string Shown(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(a => a.Length).Where(a => a is not ("/h" or "/?" or "-?")));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names : $"{names} {option.HelpName ?? "VALUE"}";
    }

    private static void WriteRows(string title, IEnumerable<(string Left, string Right)> rows, TextWriter output)
    {
        var all = rows.ToList();
        var width = all.Max(r => r.Left.Length) + 2;
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (var (left, right) in all) output.WriteLine($"  {left.PadRight(width)}{right}");
    }
}
