using System.Globalization;
using Leat.Core;

namespace Leat.Flows.Tests;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T01:00Z 2026-03-30T00:30Z")] // 02:30 is left out: at the end of the gap
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", "2026-10-25T00:30Z 2026-10-26T01:30Z")] // 02:30 comes twice: the first
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-24T23:30Z", "2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T02:00Z")] // real hours
    [InlineData("0 9 * * 1", "Asia/Seoul", "2026-11-20T12:00Z", "2026-11-23T00:00Z 2026-11-30T00:00Z")]
    [InlineData("0 0 * * 0", "UTC", "2026-11-20T12:00Z", "2026-11-22T00:00Z")]
    [InlineData("0 0 * * 7", "UTC", "2026-11-20T12:00Z", "2026-11-22T00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-11-20T12:00Z", "2028-02-29T00:00Z 2032-02-29T00:00Z")]
    public void Given_a_schedule_When_asked_for_its_ticks_Then_forward_and_backward_agree(string cron, string zone, string after, string expected)
    {
        var schedule = FlowSchedule.Parse(cron, zone, "x");
        var start = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        var ticks = new List<DateTimeOffset>();
        for (var tick = schedule.Next(start); ticks.Count < expected.Split(' ').Length; tick = schedule.Next(tick!.Value)) ticks.Add(tick!.Value);

        Assert.Equal(expected, string.Join(' ', ticks.Select(t => t.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture))));
        for (var i = 1; i < ticks.Count; i++) Assert.Equal(ticks[i - 1], schedule.Previous(ticks[i]));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("UTC")]
    public void Given_a_daily_schedule_When_a_year_passes_Then_one_tick_a_local_day(string zone)
    {
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var schedule = FlowSchedule.Parse("30 2 * * *", zone, "x");
        var days = new List<DateOnly>();
        var tick = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 365; i++)
        {
            tick = schedule.Next(tick)!.Value;
            days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(tick, local).DateTime));
        }

        Assert.Equal(Enumerable.Range(0, 365).Select(days[0].AddDays), days);
    }

    [Theory]
    [InlineData("61 * * * *", "UTC")]
    [InlineData("* * *", "UTC")]
    [InlineData("0 0 31 2 *", "UTC")]
    [InlineData("0 0 * * *", "Europe/Berln")]
    public void Given_a_schedule_that_cannot_be_When_parsed_Then_LEAT5004_with_the_place(string cron, string zone)
    {
        var error = Assert.Throws<LeatException>(() => FlowSchedule.Parse(cron, zone, "flows/x.yml:2:1"));

        Assert.Equal(("LEAT5004", "flows/x.yml:2:1"), (error.Code, error.Where));
    }
}
