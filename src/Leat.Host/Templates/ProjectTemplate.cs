using System.Globalization;

namespace Leat.Host.Templates;

/// <summary>The files of a new project; they ship inside the program.</summary>
internal static class ProjectTemplate
{
    private const string ProjectPrefix = "template/project/";
    private const string CSharpPrefix = "template/csharp/";

    /// <summary>Writes the files; returns their names, sorted.</summary>
    public static IReadOnlyList<string> Write(string folder, string name, bool csharp)
    {
        var written = new List<string>();
        foreach (var resource in typeof(ProjectTemplate).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith(ProjectPrefix, StringComparison.Ordinal) && !(csharp && resource.StartsWith(CSharpPrefix, StringComparison.Ordinal))) continue;
            var file = FileName(resource, name);
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Fill(Read(resource), name));
            written.Add(file);
        }
        return written;
    }

    private static string FileName(string resource, string name)
    {
        var file = resource[resource.IndexOf('/', "template/".Length)..].TrimStart('/');
        return file switch
        {
            "gitignore" => ".gitignore",
            "project.csproj" => $"{name}.csproj",
            _ => file.EndsWith(".cs.txt", StringComparison.Ordinal) ? file[..^".txt".Length] : file,
        };
    }

    /// <summary>Only our own two marks are replaced: models hold Jinja in the same brackets.</summary>
    private static string Fill(string text, string name) => text
        .Replace("{{name}}", name, StringComparison.Ordinal)
        .Replace("{{Name}}", string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpper(w[0], CultureInfo.InvariantCulture) + w[1..])), StringComparison.Ordinal);

    private static string Read(string resource)
    {
        using var stream = typeof(ProjectTemplate).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
