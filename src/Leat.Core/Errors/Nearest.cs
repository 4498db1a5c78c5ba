namespace Leat.Core;

/// <summary>"Did you mean": the nearest known name to a misspelt one.</summary>
public static class Nearest
{
    /// <summary>The known name with the smallest edit distance, or null when none is within a third of the length (at least 2).</summary>
    public static string? To(string given, IEnumerable<string> known)
    {
        var limit = Math.Max(2, given.Length / 3);
        string? best = null;
        foreach (var name in known)
        {
            var distance = Distance(given.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance > limit) continue;
            (best, limit) = (name, distance - 1);
        }
        return best;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
