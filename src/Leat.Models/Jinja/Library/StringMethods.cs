using System.Collections.Frozen;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Methods of str.</summary>
internal static class StringMethods
{
    private static readonly FrozenDictionary<string, Func<string, CallArguments, object?>> Methods = new Dictionary<string, Func<string, CallArguments, object?>>(StringComparer.Ordinal)
    {
        ["lower"] = (s, _) => s.ToLowerInvariant(),
        ["casefold"] = (s, _) => Upper(s).ToLowerInvariant(),
        ["upper"] = (s, _) => Upper(s),
        ["title"] = (s, _) => Title(s),
        ["capitalize"] = (s, _) => Capitalize(s),
        ["swapcase"] = (s, _) => string.Concat(s.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
        ["strip"] = (s, a) => Strip(s, a, true, true),
        ["lstrip"] = (s, a) => Strip(s, a, true, false),
        ["rstrip"] = (s, a) => Strip(s, a, false, true),
        ["replace"] = (s, a) => Replace(s, a.Text(0, "old", "replace"), a.Text(1, "new", "replace"), a.Integer(2, "count", -1)),
        ["split"] = (s, a) => Split(s, a.Get(0, "sep"), a.Integer(1, "maxsplit", -1)),
        ["rsplit"] = (s, a) => RightSplit(s, a.Get(0, "sep"), a.Integer(1, "maxsplit", -1)),
        ["splitlines"] = (s, _) => new PyList(Lines(s)),
        ["partition"] = (s, a) => Partition(s, a.Text(0, "sep", "partition"), s.IndexOf(a.Text(0, "sep", "partition"), StringComparison.Ordinal), false),
        ["rpartition"] = (s, a) => Partition(s, a.Text(0, "sep", "rpartition"), s.LastIndexOf(a.Text(0, "sep", "rpartition"), StringComparison.Ordinal), true),
        ["startswith"] = (s, a) => AnyOf(a.Need(0, "prefix", "startswith"), p => s.StartsWith(p, StringComparison.Ordinal)),
        ["endswith"] = (s, a) => AnyOf(a.Need(0, "suffix", "endswith"), p => s.EndsWith(p, StringComparison.Ordinal)),
        ["join"] = (s, a) => string.Join(s, PyIteration.Over(a.Need(0, "iterable", "join")).Select(Joined)),
        ["format"] = StrFormat.Apply,
        ["find"] = (s, a) => (long)s.IndexOf(a.Text(0, "sub", "find"), StringComparison.Ordinal),
        ["rfind"] = (s, a) => (long)s.LastIndexOf(a.Text(0, "sub", "rfind"), StringComparison.Ordinal),
        ["index"] = (s, a) => s.IndexOf(a.Text(0, "sub", "index"), StringComparison.Ordinal) is >= 0 and var at ? (long)at : throw new JinjaError(ErrorKind.ValueError, "substring not found", "use .find(), which gives -1"),
        ["count"] = (s, a) => (long)((s.Length - s.Replace(a.Text(0, "sub", "count"), "", StringComparison.Ordinal).Length) / Math.Max(1, a.Text(0, "sub", "count").Length)),
        ["isalnum"] = (s, _) => s.Length > 0 && s.All(char.IsLetterOrDigit),
        ["isalpha"] = (s, _) => s.Length > 0 && s.All(char.IsLetter),
        ["isdigit"] = (s, _) => s.Length > 0 && s.All(char.IsDigit),
        ["isnumeric"] = (s, _) => s.Length > 0 && s.All(char.IsNumber),
        ["isdecimal"] = (s, _) => s.Length > 0 && s.All(char.IsDigit),
        ["isspace"] = (s, _) => s.Length > 0 && s.All(char.IsWhiteSpace),
        ["islower"] = (s, _) => IsLower(s),
        ["isupper"] = (s, _) => IsUpper(s),
        ["isidentifier"] = (s, _) => s.Length > 0 && !char.IsDigit(s[0]) && s.All(c => c == '_' || char.IsLetterOrDigit(c)),
        ["zfill"] = (s, a) => ZeroFill(s, (int)a.Integer(0, "width", 0)),
        ["ljust"] = (s, a) => s.PadRight((int)a.Integer(0, "width", 0), Fill(a)),
        ["rjust"] = (s, a) => s.PadLeft((int)a.Integer(0, "width", 0), Fill(a)),
        ["center"] = (s, a) => Center(s, (int)a.Integer(0, "width", 0), Fill(a)),
        ["expandtabs"] = (s, a) => ExpandTabs(s, (int)a.Integer(0, "tabsize", 8)),
        ["removeprefix"] = (s, a) => a.Text(0, "prefix", "removeprefix") is var p && s.StartsWith(p, StringComparison.Ordinal) ? s[p.Length..] : s,
        ["removesuffix"] = (s, a) => a.Text(0, "suffix", "removesuffix") is { Length: > 0 } p && s.EndsWith(p, StringComparison.Ordinal) ? s[..^p.Length] : s,
        ["encode"] = (s, _) => s,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Methods.Keys;

    public static Func<CallArguments, object?>? Find(string target, string name) =>
        Methods.TryGetValue(name, out var method) ? arguments => method(target, arguments) : null;

    /// <summary>Upper case, with the letters that grow (ß becomes SS).</summary>
    public static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal).Replace("ﬁ", "FI", StringComparison.Ordinal).Replace("ﬂ", "FL", StringComparison.Ordinal);

    public static bool IsLower(string text) => text.Any(char.IsLetter) && !text.Any(char.IsUpper);

    public static bool IsUpper(string text) => text.Any(char.IsLetter) && !text.Any(char.IsLower);

    public static string Capitalize(string text) => text.Length == 0 ? text : Upper(text[..1]) + text[1..].ToLowerInvariant();

    public static string Center(string text, int width, char fill)
    {
        var missing = width - text.Length;
        if (missing <= 0) return text;
        var left = (missing / 2) + (missing & width & 1);
        return new string(fill, left) + text + new string(fill, missing - left);
    }

    public static string Replace(string text, string old, string with, long count)
    {
        if (count < 0 && old.Length > 0) return text.Replace(old, with, StringComparison.Ordinal);
        var result = new StringBuilder();
        var at = 0;
        while (count-- != 0)
        {
            var found = old.Length == 0 ? at : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0 || found > text.Length) break;
            result.Append(text, at, found - at).Append(with);
            at = found + old.Length;
            if (old.Length > 0) continue;
            if (at >= text.Length) break;
            result.Append(text[at++]);
        }
        return result.Append(text, Math.Min(at, text.Length), Math.Max(0, text.Length - at)).ToString();
    }

    public static IEnumerable<string> Lines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static string Joined(object? item, int index) => item is string text ? text : throw new JinjaError(
        ErrorKind.TypeError, $"sequence item {index}: expected str instance, {PyTypes.NameOf(item)} found", "use the filter |join, which converts");

    private static char Fill(CallArguments arguments) => arguments.TryGet(1, "fillchar", out var fill) && fill is string { Length: 1 } text ? text[0] : ' ';

    private static bool AnyOf(object? value, Func<string, bool> test) => value is PyTuple tuple ? tuple.Any(t => test(PyText.Str(t))) : test(PyText.Str(value));

    private static string Strip(string text, CallArguments arguments, bool start, bool end)
    {
        var given = arguments.Get(0, "chars");
        var chars = given is string set ? set : null;
        var (from, to) = (0, text.Length);
        bool Drop(char c) => chars is null ? char.IsWhiteSpace(c) : chars.Contains(c, StringComparison.Ordinal);
        while (start && from < to && Drop(text[from])) from++;
        while (end && to > from && Drop(text[to - 1])) to--;
        return text[from..to];
    }

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetter(c);
        }
        return result.ToString();
    }

    private static PyList Split(string text, object? separator, long max)
    {
        var limit = max < 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, max + 1);
        if (separator is not null)
        {
            var by = PyText.Str(separator);
            if (by.Length == 0) throw new JinjaError(ErrorKind.ValueError, "empty separator", "split by at least one character");
            return new PyList(text.Split(by, limit));
        }
        var words = new PyList();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) return words;
            var end = at;
            if (words.Count + 1 >= limit) end = text.TrimEnd().Length;
            else
                while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            words.Add(text[at..end]);
            at = end;
            if (words.Count >= limit) return words;
        }
    }

    private static PyList RightSplit(string text, object? separator, long max)
    {
        var all = Split(text, separator, -1);
        if (max < 0 || all.Count <= max + 1) return all;
        var keep = (int)max;
        var head = string.Join(separator is null ? " " : PyText.Str(separator), all.Take(all.Count - keep).Select(PyText.Str));
        return new PyList([head, .. all.Skip(all.Count - keep)]);
    }

    private static PyTuple Partition(string text, string separator, int at, bool fromRight) => at >= 0
        ? new PyTuple(text[..at], separator, text[(at + separator.Length)..])
        : fromRight ? new PyTuple("", "", text) : new PyTuple(text, "", "");

    private static string ZeroFill(string text, int width)
    {
        var sign = text.Length > 0 && text[0] is '-' or '+' ? text[..1] : "";
        return sign + text[sign.Length..].PadLeft(Math.Max(0, width - sign.Length), '0');
    }

    private static string ExpandTabs(string text, int size)
    {
        var result = new StringBuilder();
        var column = 0;
        foreach (var c in text)
        {
            var width = c == '\t' ? (size <= 0 ? 0 : size - (column % size)) : 1;
            if (c == '\t') result.Append(' ', width);
            else result.Append(c);
            column = c is '\n' or '\r' ? 0 : column + width;
        }
        return result.ToString();
    }
}
