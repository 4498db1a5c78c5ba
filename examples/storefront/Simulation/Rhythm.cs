namespace Storefront.Simulation;

/// <summary>How busy the shop is over the day and the week; the mean over a week is about 1.</summary>
internal static class Rhythm
{
    private static readonly double[] ByWeekday = [0.75, 1.00, 1.05, 1.05, 1.10, 1.15, 0.90];

    /// <summary>Factor on the mean rate at a moment: quiet at night, a peak in the evening, a smaller one at noon.</summary>
    public static double At(DateTime time)
    {
        var hour = time.TimeOfDay.TotalHours;
        var evening = Math.Exp(-Math.Pow((hour - 20) / 3, 2));
        var noon = 0.7 * Math.Exp(-Math.Pow((hour - 12.5) / 2.5, 2));
        return ByWeekday[(int)time.DayOfWeek] * (0.25 + 2.0 * (evening + noon));
    }
}
