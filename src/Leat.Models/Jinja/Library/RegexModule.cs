using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>modules.re.</summary>
internal static partial class RegexModule
{
    /// <summary>Longest time one match may take.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly string[] OfPattern = ["match", "fullmatch", "search", "findall", "finditer", "sub", "split"];

    [GeneratedRegex(@"\\(?:g<(?<name>\w+)>|(?<name>\d{1,2})|(?<escape>.))", RegexOptions.Singleline)]
    private static partial Regex Reference { get; }

    public static PyModule Create() => new("re", new(
    [
        PyModule.Function("match", a => Find(a, @"\A(?:", ")")),
        PyModule.Function("fullmatch", a => Find(a, @"\A(?:", @")\z")),
        PyModule.Function("search", a => Find(a, "", "")),
        PyModule.Function("findall", a => new PyList(Pattern(a, 2).Matches(a.Text(1, "string", "findall")).Select(Found))),
        PyModule.Function("finditer", a => new PyList(Pattern(a, 2).Matches(a.Text(1, "string", "finditer")).Select(m => new PyMatch(m)))),
        PyModule.Function("sub", Substitute),
        PyModule.Function("split", a => new PyList(Pattern(a, 3).Split(a.Text(1, "string", "split")))),
        PyModule.Function("escape", a => Regex.Escape(a.Text(0, "pattern", "escape"))),
        PyModule.Function("compile", a => Compiled(a)),
        new("IGNORECASE", 2L), new("I", 2L), new("MULTILINE", 8L), new("M", 8L), new("DOTALL", 16L), new("S", 16L), new("VERBOSE", 64L), new("X", 64L),
    ]));

    private static PyModule Compiled(CallArguments pattern)
    {
        CallArguments With(CallArguments rest) => new([pattern.Need(0, "pattern", "compile"), .. rest.Positional], [.. rest.Keywords, new("flags", pattern.Get(1, "flags", 0L))]);
        var module = Create();
        return new PyModule("re.Pattern", new(OfPattern.Select(name =>
        {
            module.TryMember(name, out var function);
            return PyModule.Function(name, rest => ((PyCallable)function!).Call(With(rest)));
        })));
    }

    private static Regex Pattern(CallArguments arguments, int flagsAt, string before = "", string after = "")
    {
        var python = arguments.Text(0, "pattern", "re");
        var flags = arguments.Integer(flagsAt, "flags", 0);
        var options = RegexOptions.CultureInvariant;
        if ((flags & 2) != 0) options |= RegexOptions.IgnoreCase;
        if ((flags & 8) != 0) options |= RegexOptions.Multiline;
        if ((flags & 16) != 0) options |= RegexOptions.Singleline;
        if ((flags & 64) != 0) options |= RegexOptions.IgnorePatternWhitespace;
        var net = python.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace("(?P=", @"\k<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);
        try
        {
            return new Regex(before + net + after, options, Timeout);
        }
        catch (ArgumentException bad)
        {
            throw new JinjaError(ErrorKind.ValueError, $"bad regular expression {PyText.Repr(python)}: {bad.Message}", "correct the pattern");
        }
    }

    private static PyMatch? Find(CallArguments arguments, string before, string after)
    {
        var match = Pattern(arguments, 2, before, after).Match(arguments.Text(1, "string", "match"));
        return match.Success ? new PyMatch(match) : null;
    }

    private static object? Found(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => new PyTuple([.. match.Groups.Values.Skip(1).Select(g => (object?)g.Value)]),
    };

    private static object? Substitute(CallArguments arguments)
    {
        var replacement = arguments.Need(1, "repl", "sub");
        var count = (int)arguments.Integer(3, "count", 0);
        string Replace(Match match) => replacement is PyCallable function
            ? PyText.Str(function.Call(CallArguments.Of(new PyMatch(match))))
            : Reference.Replace(PyText.Str(replacement), r => r.Groups["name"].Success ? match.Groups[r.Groups["name"].Value].Value : Unescaped(r.Groups["escape"].Value));
        return Pattern(arguments, 4).Replace(arguments.Text(2, "string", "sub"), Replace, count <= 0 ? -1 : count);
    }

    private static string Unescaped(string escape) => escape switch { "n" => "\n", "t" => "\t", "\\" => "\\", _ => "\\" + escape };
}
