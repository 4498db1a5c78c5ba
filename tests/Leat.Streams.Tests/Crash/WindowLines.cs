using System.Globalization;
using Leat.Core;

namespace Leat.Streams.Tests;

/// <summary>Results of the kill test's windows as text.</summary>
internal static class WindowLines
{
    /// <summary>The rows of a view or of a table.</summary>
    public static IEnumerable<string> Of(Batch batch)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            object Value(string name) => batch[name].GetValue(row)!;
            yield return Of(Convert.ToDateTime(Value("window_start"), CultureInfo.InvariantCulture), $"{Value("campaign")}", Convert.ToInt64(Value("views"), CultureInfo.InvariantCulture),
                Convert.ToDecimal(Value("cost"), CultureInfo.InvariantCulture), Convert.ToInt64(Value("users"), CultureInfo.InvariantCulture));
        }
    }

    public static string Of(DateTime start, string campaign, long views, decimal cost, long users) =>
        string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-ddTHH:mm:ss}|{campaign}|{views}|{cost:0.###}|{users}");
}
