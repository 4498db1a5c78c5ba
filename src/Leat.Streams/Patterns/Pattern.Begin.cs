using Leat.Streams.Patterns;

namespace Leat.Streams;

/// <summary>Begins patterns.</summary>
public static class Pattern
{
    /// <summary>A pattern whose first row matches.</summary>
    public static Pattern<T> Begin<T>(string name, Func<T, bool> matches) => Pattern<T>.Begin(name, matches);
}
