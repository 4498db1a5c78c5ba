using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>Filters on text.</summary>
internal static partial class TextFilters
{
    public static readonly Dictionary<string, Func<object?, CallArguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["lower"] = (v, _) => PyText.Str(v).ToLowerInvariant(),
        ["upper"] = (v, _) => StringMethods.Upper(PyText.Str(v)),
        ["title"] = (v, _) => Words.Replace(PyText.Str(v), m => StringMethods.Capitalize(m.Value)),
        ["capitalize"] = (v, _) => StringMethods.Capitalize(PyText.Str(v)),
        ["trim"] = (v, a) => StringMethods.Find(PyText.Str(v), "strip")!(a),
        ["replace"] = (v, a) => StringMethods.Replace(PyText.Str(v), a.Text(0, "old", "replace"), a.Text(1, "new", "replace"), a.Integer(2, "count", -1)),
        ["string"] = (v, _) => PyText.Str(v),
        ["format"] = (v, a) => a.Keywords.Length > 0
            ? PercentFormat.Apply(PyText.Str(v), new PyDict(a.Keywords.Select(k => KeyValuePair.Create((object?)k.Key, k.Value))))
            : PercentFormat.Apply(PyText.Str(v), new PyTuple(a.Positional)),
        ["indent"] = (v, a) => Indent(PyText.Str(v), a),
        ["center"] = (v, a) => StringMethods.Center(PyText.Str(v), (int)a.Integer(0, "width", 80), ' '),
        ["wordcount"] = (v, _) => (long)WordPattern.Count(PyText.Str(v)),
        ["truncate"] = (v, a) => Truncate(PyText.Str(v), a),
        ["wordwrap"] = (v, a) => Wrap(PyText.Str(v), (int)a.Integer(0, "width", 79)),
        ["escape"] = (v, _) => Escape(PyText.Str(v)),
        ["e"] = (v, _) => Escape(PyText.Str(v)),
        ["forceescape"] = (v, _) => Escape(PyText.Str(v)),
        ["safe"] = (v, _) => PyText.Str(v),
        ["striptags"] = (v, _) => Spaces.Replace(Tags.Replace(PyText.Str(v), ""), " ").Trim(),
        ["urlencode"] = (v, _) => UrlEncode(v),
        ["xmlattr"] = (v, _) => v is PyDict dict ? string.Concat(dict.Where(p => p.Value is not null and not Undefined).Select(p => $" {p.Key}=\"{Escape(PyText.Str(p.Value))}\"")) : "",
    };

    [GeneratedRegex(@"[^-\s({\[<]+")]
    private static partial Regex Words { get; }

    [GeneratedRegex(@"\w+")]
    private static partial Regex WordPattern { get; }

    [GeneratedRegex("<!--.*?-->|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);

    private static string Indent(string text, CallArguments arguments)
    {
        var width = arguments.Get(0, "width", 4L);
        var indention = width is string given ? given : new string(' ', (int)PyNumbers.ToLong(width));
        var first = arguments.Flag(1, "first");
        var blank = arguments.Flag(2, "blank");
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (i == 0 ? first : blank || lines[i].Length > 0) lines[i] = indention + lines[i];
        return string.Join('\n', lines);
    }

    private static string Truncate(string text, CallArguments arguments)
    {
        var length = (int)arguments.Integer(0, "length", 255);
        var end = PyText.Str(arguments.Get(2, "end", "..."));
        var leeway = (int)arguments.Integer(3, "leeway", 5);
        if (text.Length <= length + leeway) return text;
        var cut = text[..Math.Max(0, length - end.Length)];
        if (arguments.Flag(1, "killwords")) return cut + end;
        var space = cut.LastIndexOf(' ');
        return (space < 0 ? cut : cut[..space]) + end;
    }

    private static string Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in StringMethods.Lines(text))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }
                if (line.Length > 0) line.Append(' ');
                line.Append(word);
                for (; line.Length > width && width > 0; line.Remove(0, width)) lines.Add(line.ToString(0, width));
            }
            lines.Add(line.ToString());
        }
        return string.Join('\n', lines);
    }

    private static string UrlEncode(object? value)
    {
        if (value is PyDict dict) return string.Join('&', dict.Select(p => $"{Quote(PyText.Str(p.Key), "")}={Quote(PyText.Str(p.Value), "")}"));
        return Quote(PyText.Str(value), "/");
    }

    private static string Quote(string text, string alsoSafe)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || "_.-~".Contains(c, StringComparison.Ordinal) || alsoSafe.Contains(c, StringComparison.Ordinal)) result.Append(c);
            else result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }
}
