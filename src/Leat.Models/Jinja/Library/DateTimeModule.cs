using System.Globalization;

namespace Leat.Models.Jinja;

/// <summary>modules.datetime and modules.pytz.</summary>
internal static class DateTimeModule
{
    public static PyModule Create(TimeProvider time)
    {
        var timezone = new PyModule("timezone", new() { ["utc"] = PyTimeZone.Utc });
        return new PyModule("datetime", new()
        {
            ["datetime"] = DateTimeClass(time),
            ["date"] = DateClass(time),
            ["timedelta"] = new PyModule("datetime.timedelta", [], PyTimeDelta.Create),
            ["timezone"] = timezone,
            ["UTC"] = PyTimeZone.Utc,
        });
    }

    public static PyModule CreatePytz() => new("pytz", new(
    [
        new("utc", PyTimeZone.Utc),
        new("UTC", PyTimeZone.Utc),
        PyModule.Function("timezone", a => PyTimeZone.Find(a.Text(0, "zone", "timezone"))),
    ]));

    public static PyDateTime Utc(DateTimeOffset at) => new(DateTime.SpecifyKind(at.UtcDateTime.AddTicks(-(at.UtcDateTime.Ticks % 10)), DateTimeKind.Unspecified), PyTimeZone.Utc, false);

    private static PyModule DateTimeClass(TimeProvider time) => new("datetime.datetime", new(
    [
        PyModule.Function("now", a => Now(time, a.Get(0, "tz") as PyTimeZone)),
        PyModule.Function("utcnow", _ => Utc(time.GetUtcNow()).In(null)),
        PyModule.Function("today", _ => Now(time, null)),
        PyModule.Function("strptime", a => StrfTime.Read(a.Text(0, "date_string", "strptime"), a.Text(1, "format", "strptime"))),
        PyModule.Function("fromisoformat", a => FromIso(a.Text(0, "date_string", "fromisoformat"), false)),
        PyModule.Function("fromtimestamp", a => new PyDateTime(DateTime.UnixEpoch.AddSeconds(PyNumbers.ToDouble(a.Need(0, "timestamp", "fromtimestamp"))), a.Get(1, "tz") as PyTimeZone, false)),
        PyModule.Function("combine", a => new PyDateTime(((PyDateTime)a.Need(0, "date", "combine")!).Local.Date, null, false)),
        new("min", new PyDateTime(DateTime.MinValue, null, false)),
        new("max", new PyDateTime(DateTime.MaxValue, null, false)),
    ]), a =>
    {
        int Part(int index, string name) => (int)a.Integer(index, name, 0);
        var local = Checked(() => new DateTime((int)a.Integer(0, "year", 0), Part(1, "month"), Part(2, "day"), Part(3, "hour"), Part(4, "minute"), Part(5, "second")));
        return new PyDateTime(local.AddTicks(a.Integer(6, "microsecond", 0) * 10), a.Get(7, "tzinfo") as PyTimeZone, false);
    });

    private static PyModule DateClass(TimeProvider time) => new("datetime.date", new(
    [
        PyModule.Function("today", _ => new PyDateTime(Now(time, null).Local.Date, null, true)),
        PyModule.Function("fromisoformat", a => FromIso(a.Text(0, "date_string", "fromisoformat"), true)),
    ]), a => new PyDateTime(Checked(() => new DateTime((int)a.Integer(0, "year", 0), (int)a.Integer(1, "month", 0), (int)a.Integer(2, "day", 0))), null, true));

    private static PyDateTime Now(TimeProvider time, PyTimeZone? zone)
    {
        var utc = Utc(time.GetUtcNow());
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc.Local, zone?.Zone ?? time.LocalTimeZone);
        return new PyDateTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone, false);
    }

    private static PyDateTime FromIso(string text, bool dateOnly)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw new JinjaError(ErrorKind.ValueError, $"Invalid isoformat string: {PyText.Repr(text)}", "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS");
        var zoned = !dateOnly && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 9);
        return new PyDateTime(DateTime.SpecifyKind(zoned ? at.UtcDateTime : at.DateTime, DateTimeKind.Unspecified), zoned ? PyTimeZone.Utc : null, dateOnly);
    }

    private static DateTime Checked(Func<DateTime> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new JinjaError(ErrorKind.ValueError, "a part of the date is out of range", "check year, month and day");
        }
    }
}
