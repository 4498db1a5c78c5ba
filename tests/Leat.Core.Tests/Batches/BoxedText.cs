using System.Collections;
using System.Globalization;

namespace Leat.Core.Tests.Batches;

/// <summary>Boxed values as text with their types, so that nested values are compared by content.</summary>
internal static class BoxedText
{
    public static string Of(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text}'",
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        UnionValue union => $"{union.Member}:{Of(union.Value)}",
        KeyValuePair<object?, object?> pair => $"{Of(pair.Key)}={Of(pair.Value)}",
        IDictionary members => "{" + string.Join(",", members.Keys.Cast<string>().Select(key => $"{key}={Of(members[key])}")) + "}",
        IEnumerable elements => "[" + string.Join(",", elements.Cast<object?>().Select(Of)) + "]",
        DateTime time => $"{time:O}{time.Kind}",
        IFormattable plain => $"{value.GetType().Name} {plain.ToString(value is double or float ? "R" : null, CultureInfo.InvariantCulture)}",
        _ => $"{value.GetType().Name} {value}",
    };
}
