using System.CommandLine;
using System.CommandLine.Help;

namespace Leat.Host.CommandLine;

/// <summary>Builds the parser from the verbs and remembers which verb each command stands for.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, Verb> _verbs = [];

    public CommandTree(IEnumerable<Verb> verbs)
    {
        Root = new RootCommand("Leat: a whole data platform as one program") { CommonOptions.Project, CommonOptions.Target, CommonOptions.Json };
        foreach (var verb in verbs) Root.Add(Command(verb));
        foreach (var option in Root.Options)
            if (option is HelpOption help) help.Action = new ExamplesFirstHelp(this);
    }

    public RootCommand Root { get; }

    public Verb? VerbOf(Command command) => _verbs.GetValueOrDefault(command);

    private Command Command(Verb verb)
    {
        var command = new Command(verb.Name, verb.Summary);
        foreach (var argument in verb.Arguments) command.Add(argument);
        foreach (var option in verb.Options) command.Add(option);
        foreach (var child in verb.Children) command.Add(Command(child));
        if (verb.Children.IsEmpty) command.SetAction(_ => 0);
        _verbs.Add(command, verb);
        return command;
    }
}
