using System.CommandLine;

namespace Leat.Host.CommandLine;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Project = new("--project", "--project-dir") { Description = "project folder (default: the folder you are in)", HelpName = "DIR", Recursive = true };
    public static readonly Option<string?> Target = new("--target", "-t") { Description = "target of leat.yml (default: dev)", HelpName = "NAME", Recursive = true };
    public static readonly Option<bool> Json = new("--json") { Description = "one JSON value on stdout", Recursive = true };
}
