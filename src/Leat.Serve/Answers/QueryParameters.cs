using System.Globalization;
using Leat.Core;
using Leat.Serve.Problems;
using Leat.Streams.Views;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Answers;

/// <summary>Query parameters of a request, parsed once; unknown ones are refused with the nearest known name.</summary>
internal readonly struct QueryParameters
{
    private readonly IQueryCollection _query;

    public QueryParameters(HttpContext http, params ReadOnlySpan<string> known)
    {
        _query = http.Request.Query;
        foreach (var name in _query.Keys)
        {
            if (known.Contains(name)) continue;
            var fix = Nearest.To(name, known.ToArray()) is { } near ? $"did you mean '{near}'?" : $"known: {string.Join(", ", known)}";
            throw Wrong(name, "there is no such parameter here", fix);
        }
    }

    public string? Text(string name) => _query.TryGetValue(name, out var values) ? values.ToString() : null;

    public int Number(string name, int standard, int from, int to)
    {
        if (Text(name) is not { } text) return standard;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        throw Wrong(name, $"'{Cut(text)}' is not a whole number between {from} and {to}", "correct the parameter");
    }

    /// <summary>A time as UTC; without zone it is taken as UTC.</summary>
    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time.UtcDateTime;
        throw Wrong(name, $"'{Cut(text)}' is not a time", "write it like 2011-12-09T12:50:00Z");
    }

    public ViewConsistency Consistency() => Text("consistency") switch
    {
        null or "fresh" => ViewConsistency.Fresh,
        "committed" => ViewConsistency.Committed,
        var other => throw Wrong("consistency", $"'{Cut(other)}' is unknown", "use fresh or committed"),
    };

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "...";

    private static ProblemException Wrong(string name, string what, string fix) => new(new Problem(400, "LEAT6016", what, $"parameter {name}", fix));
}
