using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Host.Composition;

namespace Leat.Host.CommandLine;

/// <summary>What a running verb sees.</summary>
public sealed class VerbContext
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly LeatRuntime? _runtime;

    internal VerbContext(ParseResult arguments, VerbConsole console, LeatAppBuilder app, LeatProject? project, LeatRuntime? runtime)
    {
        Parsed = arguments;
        Console = console;
        App = app;
        ProjectOrNull = project;
        _runtime = runtime;
    }

    /// <summary>Data goes here.</summary>
    public TextWriter Out => Console.Out;

    public VerbConsole Console { get; }

    /// <summary>The caller wants JSON on <see cref="Out"/>.</summary>
    public bool Json => Parsed.GetValue(CommonOptions.Json);

    /// <summary>The project; only verbs of place Project and Owner have one.</summary>
    public LeatProject Project => ProjectOrNull ?? throw new InvalidOperationException("this verb runs without a project");

    /// <summary>The composed rooms; only verbs of place Owner have them.</summary>
    public IServiceProvider Services => _runtime?.Services ?? throw new InvalidOperationException("this verb runs without the rooms");

    internal LeatProject? ProjectOrNull { get; }

    internal LeatAppBuilder App { get; }

    internal ParseResult Parsed { get; }

    /// <summary>Value of an option.</summary>
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>Value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);

    /// <summary>The option was written by the caller.</summary>
    public bool Has(Option option) => Parsed.GetResult(option) is { Implicit: false };

    /// <summary>Folder of the project the command line is about, whether it is one or not.</summary>
    public string ProjectFolder => Path.GetFullPath(Parsed.GetValue(CommonOptions.Project) ?? ".", Console.WorkingFolder);

    /// <summary>Target asked for; null = the project's default.</summary>
    public string? Target => Parsed.GetValue(CommonOptions.Target);

    /// <summary>Reads the project of <see cref="ProjectFolder"/>.</summary>
    public LeatProject LoadProject() => LeatRuntime.Load(ProjectFolder, Target, ProjectFolder).Project;

    /// <summary>Runs a whole project in this process.</summary>
    public Task<RunningLeat> StartAsync(UpSettings settings, CancellationToken ct) => RunningLeat.StartAsync(App, settings, Console.Error, ct);

    /// <summary>A line for the person, on the error stream.</summary>
    public void Talk(string line) => Console.Error.WriteLine(line);

    /// <summary>Writes one JSON value to the data stream, indented for a terminal, on one line for a pipe.</summary>
    public void WriteJson(JsonNode node) => Out.WriteLine(node.ToJsonString(Console.IsTerminal ? Indented : null));
}
