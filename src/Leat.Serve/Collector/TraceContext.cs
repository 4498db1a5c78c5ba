using Leat.Log;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Collector;

/// <summary>The W3C trace context of a request as headers of its records, so that whoever reads them can go on with the trace.</summary>
/// <remarks>Source: W3C Trace Context, sections 3.2 and 3.3. A context that is not valid is left out, as the recommendation asks; the events are taken all the same.</remarks>
internal static class TraceContext
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";
    private const int ParentLength = 55;
    private const int MaxStateLength = 512;

    /// <summary>Headers for every record of the request; null when it carries no context.</summary>
    public static RecordHeaders? Read(HttpContext http)
    {
        if (http.Request.Headers.TraceParent is not [{ } parent] || !IsValid(parent)) return null;
        var headers = new RecordHeaders().Add(Parent, parent);
        var state = http.Request.Headers.TraceState.ToString();
        return state.Length is > 0 and <= MaxStateLength ? headers.Add(State, state) : headers;
    }

    /// <summary>version-traceid-parentid-flags in lower-case hex; a later version may go on after that.</summary>
    private static bool IsValid(string parent)
    {
        if (parent.Length < ParentLength || parent.StartsWith("ff", StringComparison.Ordinal)) return false;
        if (parent.Length > ParentLength && (parent.StartsWith("00", StringComparison.Ordinal) || parent[ParentLength] != '-')) return false;
        for (var i = 0; i < ParentLength; i++)
        {
            if (i is 2 or 35 or 52 ? parent[i] != '-' : !char.IsAsciiHexDigitLower(parent[i])) return false;
        }
        return parent.AsSpan(3, 32).ContainsAnyExcept('0') && parent.AsSpan(36, 16).ContainsAnyExcept('0');
    }
}
