using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Exceptions of C# callbacks on their way through the engine, which carries only text: each goes under a number that its text names.</summary>
internal sealed partial class CallbackFailures
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<long, Exception> _kept = new();
    private long _last;

    /// <summary>Keeps the exception and gives the text for the engine.</summary>
    public string Keep(Exception exception)
    {
        var id = Interlocked.Increment(ref _last);
        _kept[id] = exception;
        _kept.TryRemove(id - Most, out _);
        return $"{exception.Message} [callback {id}]";
    }

    /// <summary>Throws what a callback threw, if the engine's message names it: errors of Leat and cancellations as they are, others as LEAT1123.</summary>
    public void Rethrow(string message)
    {
        var match = Mark().Match(message);
        if (!match.Success || !_kept.TryRemove(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), out var kept)) return;
        if (kept is LeatException or OperationCanceledException) ExceptionDispatchInfo.Throw(kept);
        throw new LeatException("LEAT1123", $"a function written in C# failed: {kept.Message}", kept.TargetSite?.DeclaringType?.FullName ?? "SQL function", "see the inner exception", cause: kept);
    }

    [GeneratedRegex(@"\[callback (\d+)\]")]
    private static partial Regex Mark();
}
