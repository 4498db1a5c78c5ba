using System.Text.RegularExpressions;

namespace Leat.Models;

/// <summary>Finds where a node's file mentions something.</summary>
internal static class References
{
    /// <summary>"path:line:column" of <c>function('...name')</c>; the file when it is not written out.</summary>
    public static string Place(Node node, string function, string name)
    {
        if (node.Test is { } test) return test.Place;
        if (node.Template is not { Source: var source }) return node.Path;
        var match = Regex.Match(source.Text, $@"\b{function}\s*\([^)]*['""]{Regex.Escape(name)}['""]", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? source.Place(match.Index) : source.Path;
    }
}
