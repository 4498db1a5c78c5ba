using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Host.Composition;
using Leat.Host.Owner;
using Leat.Host.Verbs;

namespace Leat.Host.CommandLine;

/// <summary>Parses a command line, finds the place where its verb has to run, and turns every ending into an exit code.</summary>
internal sealed class CommandLineRunner
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Cancelled = 130;
    private readonly LeatAppBuilder _app;
    private readonly CommandTree _tree;

    public CommandLineRunner(LeatAppBuilder app)
    {
        _app = app;
        _tree = new CommandTree([.. BuiltInVerbs.All, .. app.Verbs]);
    }

    /// <summary>Runs in this process's own name: asks the owner of the data folder where there is one.</summary>
    public async Task<int> RunAsync(string[] args, VerbConsole console)
    {
        using var interrupt = new InterruptSource(console.Error);
        var parsed = Parse(args);
        return await GuardAsync(parsed, console, async () =>
        {
            if (AnsweredByParser(parsed, console) is { } code) return code;
            var verb = VerbOf(parsed);
            if (verb.Place == VerbPlace.Anywhere) return await verb.RunAsync(new VerbContext(parsed, console, _app, null, null), interrupt.Token);
            var loaded = LeatRuntime.Load(parsed.GetValue(CommonOptions.Project), parsed.GetValue(CommonOptions.Target), console.WorkingFolder);
            if (verb.Place == VerbPlace.Project) return await verb.RunAsync(new VerbContext(parsed, console, _app, loaded.Project, null), interrupt.Token);
            return await RunInOwnerAsync(args, parsed, console, loaded, interrupt.Token);
        });
    }

    /// <summary>Runs on behalf of a caller on the owner's socket, inside the owner's rooms.</summary>
    public Task<int> RunInsideAsync(string[] args, VerbConsole console, LeatRuntime runtime, CancellationToken ct)
    {
        var parsed = Parse(args);
        return GuardAsync(parsed, console, async () =>
            AnsweredByParser(parsed, console) ?? await VerbOf(parsed).RunAsync(new VerbContext(parsed, console, _app, runtime.Project, runtime), ct));
    }

    private async Task<int> RunInOwnerAsync(string[] args, ParseResult parsed, VerbConsole console, LoadedProject loaded, CancellationToken ct)
    {
        await using var place = await DataFolderOwner.FindOrBecomeAsync(loaded.Project.DataFolder, console.Error, ct);
        if (place.Connection is { } connection) return await connection.RunAsync(args, console, ct);
        await using var runtime = LeatRuntime.Compose(loaded, _app, console.Error);
        await Rooms.PrepareTablesAsync(runtime.Services, ct);
        return await VerbOf(parsed).RunAsync(new VerbContext(parsed, console, _app, loaded.Project, runtime), ct);
    }

    private ParseResult Parse(string[] args) => _tree.Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    private Verb VerbOf(ParseResult parsed) => _tree.VerbOf(parsed.CommandResult.Command) ?? throw new InvalidOperationException("the root command has no verb");

    /// <summary>Help, version and wrong usage need no verb; null when a verb has to run.</summary>
    private int? AnsweredByParser(ParseResult parsed, VerbConsole console)
    {
        if (parsed.Action is not null && (parsed.Action is ExamplesFirstHelp || parsed.CommandResult.Command is RootCommand && parsed.Errors.Count == 0))
        {
            return parsed.Invoke(new InvocationConfiguration { Output = console.Out, Error = console.Error });
        }
        if (parsed.Errors.Count > 0 && parsed.Tokens.Count > 0 && !IsGroup(parsed)) return Refuse(parsed, console);
        if (_tree.VerbOf(parsed.CommandResult.Command) is { Children.IsEmpty: true }) return null;
        new ExamplesFirstHelp(_tree).Write(parsed.CommandResult.Command, parsed.Tokens.Count == 0 ? console.Out : console.Error);
        return parsed.Tokens.Count == 0 ? 0 : WrongUsage;
    }

    /// <summary>A group of verbs named without one of its verbs: its help says which there are.</summary>
    private bool IsGroup(ParseResult parsed) => parsed.UnmatchedTokens.Count == 0 && _tree.VerbOf(parsed.CommandResult.Command) is { Children.IsEmpty: false };

    private int Refuse(ParseResult parsed, VerbConsole console)
    {
        var command = parsed.CommandResult.Command;
        var unmatched = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var known = unmatched is null ? [] : unmatched.StartsWith('-')
            ? command.Options.Concat(_tree.Root.Options).SelectMany(o => o.Aliases.Append(o.Name))
            : command.Subcommands.Select(c => c.Name).Concat(command is RootCommand ? LauncherVerbs.Of(_tree).Select(v => v.Name) : []);
        var nearest = unmatched is null ? null : Nearest.To(unmatched, known);
        var what = unmatched is null ? parsed.Errors[0].Message : $"'{unmatched}' is not known here";
        var todo = nearest is null ? $"see 'leat {command.Name} --help'".Replace($"leat {_tree.Root.Name} ", "leat ", StringComparison.Ordinal) : $"did you mean '{nearest}'?";
        return Report(parsed, console, new LeatException("LEAT7001", what, "the command line", todo), WrongUsage);
    }

    private static async Task<int> GuardAsync(ParseResult parsed, VerbConsole console, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (LeatException error)
        {
            return Report(parsed, console, error, Failed);
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("cancelled");
            return Cancelled;
        }
        catch (Exception error)
        {
            var bug = new LeatException("LEAT7000", $"{error.GetType().Name}: {error.Message}", "inside Leat", "this is a bug in Leat, please report it with the trace below", Fault.Internal, cause: error);
            var code = Report(parsed, console, bug, Failed);
            console.Error.WriteLine(error.StackTrace);
            return code;
        }
    }

    private static int Report(ParseResult parsed, VerbConsole console, LeatException error, int code)
    {
        console.Error.WriteLine(error.Message);
        if (parsed.GetValue(CommonOptions.Json))
        {
            var body = new JsonObject { ["code"] = error.Code, ["what"] = error.What, ["where"] = error.Where, ["fix"] = error.Todo };
            console.Out.WriteLine(new JsonObject { ["error"] = body }.ToJsonString());
        }
        return code;
    }
}
