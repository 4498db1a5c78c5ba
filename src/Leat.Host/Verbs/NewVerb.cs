using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Host.Templates;

namespace Leat.Host.Verbs;

/// <summary>Makes a project that runs at once.</summary>
internal sealed partial class NewVerb : Verb
{
    private static readonly Argument<string> ProjectName = new("name") { Description = "name of the project and its folder", HelpName = "NAME" };
    private static readonly Option<bool> CSharp = new("--csharp") { Description = "with a C# program and a stream job" };

    public override string Name => "new";

    public override string Summary => "make a project that runs at once";

    public override ImmutableArray<string> Examples => ["new shop && cd shop && leat up", "new shop --csharp"];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override ImmutableArray<Argument> Arguments => [ProjectName];

    public override ImmutableArray<Option> Options => [CSharp];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var name = context.Get(ProjectName)!;
        if (!ValidName().IsMatch(name)) throw new LeatException("LEAT7020", $"'{name}' cannot be a project's name", "the command line", "use a lower-case letter, then lower-case letters, digits and underscores, at most 60");
        var folder = Path.GetFullPath(name, context.Console.WorkingFolder);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new LeatException("LEAT7021", "the folder is not empty", folder, "choose another name, or empty the folder");
        var files = ProjectTemplate.Write(folder, name, context.Get(CSharp));
        if (context.Json) context.WriteJson(new JsonObject { ["folder"] = folder, ["files"] = new JsonArray([.. files.Select(f => JsonValue.Create(f))]) });
        else context.Talk($"made {folder} ({files.Count} files)\nnext: cd {name} && leat up");
        return Task.FromResult(0);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$")]
    private static partial Regex ValidName();
}
