namespace Leat.Core;

/// <summary>Secrets from environment variables (<c>env:NAME</c>) and files (<c>file:/run/secrets/db</c>; a relative path counts from the project, the last line break is cut).</summary>
public sealed class EnvironmentSecrets(string root) : ISecrets
{
    private const string Schemes = "env:NAME or file:PATH";
    private const int LargestFileBytes = 64 * 1024;

    public string Resolve(string reference)
    {
        // A reference without scheme may be the secret itself: no message repeats it.
        if (reference.StartsWith("env:", StringComparison.Ordinal)) return FromEnvironment(reference[4..]);
        if (reference.StartsWith("file:", StringComparison.Ordinal)) return FromFile(reference[5..]);
        throw new LeatException("LEAT1021", $"a secret reference of {reference.Length} characters has no known scheme; it must be {Schemes}", "a secret reference", $"write {Schemes}; the secret itself does not belong into a file of the project");
    }

    private static string FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new LeatException("LEAT1022", $"environment variable {name} is not set", $"secret env:{name}", $"set it before the start: export {name}=...");

    private string FromFile(string path)
    {
        var full = Path.GetFullPath(path, root);
        try
        {
            if (new FileInfo(full).Length > LargestFileBytes)
            {
                throw new LeatException("LEAT1022", $"file {path} is larger than {LargestFileBytes / 1024} KB; it is hardly a secret", $"secret file:{path}", "name the file that holds the secret and nothing else");
            }
            return File.ReadAllText(full).TrimEnd('\n', '\r');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LeatException("LEAT1022", $"file {path} cannot be read: {cause.GetType().Name}", $"secret file:{path}", "create the file and let the user that runs Leat read it", cause: cause);
        }
    }
}
