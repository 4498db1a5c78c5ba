using Leat.Core;
using Quartz;

namespace Leat.Flows;

/// <summary>
/// Ticks of a crontab expression in a time zone. A local time that a clock change leaves out ticks when the gap ends; one that occurs twice ticks once, at its first
/// (an expression for every hour or minute goes by real hours and minutes).
/// </summary>
public sealed class FlowSchedule
{
    // No zone moves its clock by more; a tick before that is found by going forward from here.
    private static readonly TimeSpan LargestClockChange = TimeSpan.FromHours(3);
    private readonly CronExpression _cron;

    private FlowSchedule(CronExpression cron, string text, string timeZone)
    {
        _cron = cron;
        Cron = text;
        TimeZone = timeZone;
    }

    /// <summary>Five fields: minute, hour, day of month, month, day of week (0 and 7 = Sunday), or @daily and the like.</summary>
    public string Cron { get; }

    /// <summary>IANA name of the zone.</summary>
    public string TimeZone { get; }

    /// <exception cref="LeatException">LEAT5004 the expression or zone is not known, or it never ticks.</exception>
    public static FlowSchedule Parse(string cron, string timeZone, string declaredAt)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            var nearest = Nearest.To(timeZone, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
            throw new LeatException("LEAT5004", $"there is no time zone '{timeZone}'", declaredAt, nearest is null ? "write an IANA name such as Europe/Berlin or UTC" : $"write '{nearest}'");
        }
        try
        {
            var expression = CronExpression.Parse(cron, CronFormat.Unix).WithTimeZone(zone);
            return expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is not null
                ? new FlowSchedule(expression, cron, timeZone)
                : throw new LeatException("LEAT5004", $"schedule '{cron}' never comes, for example February 31st", declaredAt, "correct day and month");
        }
        catch (FormatException cause)
        {
            throw new LeatException("LEAT5004", $"schedule '{cron}' cannot be read: {cause.Message}", declaredAt, "write five fields, for example '0 9 * * 1' = Mondays at 09:00", cause: cause);
        }
    }

    /// <summary>The first tick after an instant, UTC; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextValidTimeAfter(after)?.ToUniversalTime();

    /// <summary>The last tick before an instant, UTC; null when there is none.</summary>
    public DateTimeOffset? Previous(DateTimeOffset before)
    {
        // The library's way back sees both of two equal local times, its way forward only the first: so forward decides.
        for (var near = _cron.GetPreviousValidTimeBefore(before); near is { } candidate; near = _cron.GetPreviousValidTimeBefore(candidate))
        {
            DateTimeOffset? last = null;
            for (var tick = Next(candidate - LargestClockChange); tick < before; tick = Next(tick.Value)) last = tick;
            if (last is not null) return last;
        }
        return null;
    }

    /// <summary>Start of the data interval that ends with a tick.</summary>
    public DateTimeOffset IntervalStart(DateTimeOffset tick) => Previous(tick) ?? tick;
}
