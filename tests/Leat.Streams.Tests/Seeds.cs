namespace Leat.Streams.Tests;

/// <summary>Runs a property for many seeds and names the seed that breaks it. LEAT_SEED=n runs that one alone.</summary>
internal static class Seeds
{
    /// <param name="quick">Seeds in the quick form.</param>
    /// <param name="full">Seeds with LEAT_FULL=1.</param>
    /// <param name="holds">Throws when the property does not hold.</param>
    public static async Task ForAll(int quick, int full, Func<int, Task> holds)
    {
        var only = int.TryParse(Environment.GetEnvironmentVariable("LEAT_SEED"), out var seed) ? seed : 0;
        var last = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? full : quick;
        for (var i = only > 0 ? only : 1; i <= (only > 0 ? only : last); i++)
        {
            try
            {
                await holds(i);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"property failed; replay with LEAT_SEED={i}", e);
            }
        }
    }
}
