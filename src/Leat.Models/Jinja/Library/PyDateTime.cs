using System.Globalization;

namespace Leat.Models.Jinja;

/// <summary>datetime.datetime, and datetime.date when <paramref name="dateOnly"/>.</summary>
internal sealed class PyDateTime(DateTime local, PyTimeZone? zone, bool dateOnly) : PyArithmetic, IFormatsItself
{
    public DateTime Local => local;

    public PyTimeZone? Zone => zone;

    public bool DateOnly => dateOnly;

    public override string TypeName => dateOnly ? "datetime.date" : "datetime.datetime";

    public override string Text => dateOnly ? local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Iso(' ');

    public override string Representation
    {
        get
        {
            if (dateOnly) return $"datetime.date({local.Year}, {local.Month}, {local.Day})";
            var seconds = Microsecond != 0 ? $", {local.Second}, {Microsecond}" : local.Second != 0 ? $", {local.Second}" : "";
            return $"datetime.datetime({local.Year}, {local.Month}, {local.Day}, {local.Hour}, {local.Minute}{seconds}{(zone is null ? "" : $", tzinfo={zone.Representation}")})";
        }
    }

    private long Microsecond => local.Ticks / 10 % 1_000_000;

    private DateTime Utc => zone is null ? local : local - zone.Zone.GetUtcOffset(local);

    public string Format(string spec) => StrfTime.Write(this, spec);

    public PyDateTime Plus(TimeSpan span) => new(dateOnly ? local.Add(TimeSpan.FromDays(Math.Floor(span.TotalDays))) : local.Add(span), zone, dateOnly);

    public PyDateTime In(PyTimeZone? other) => new(local, other, dateOnly);

    public string? Offset()
    {
        if (zone is null) return null;
        var offset = zone.Zone.GetUtcOffset(local);
        return $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset.Duration():hh\\:mm}";
    }

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)local.Year,
            "month" => (long)local.Month,
            "day" => (long)local.Day,
            "hour" => (long)local.Hour,
            "minute" => (long)local.Minute,
            "second" => (long)local.Second,
            "microsecond" => Microsecond,
            "tzinfo" => zone,
            _ => Method(name) is { } method ? new PyFunction(name, method) : this,
        };
        return value != this;
    }

    public override bool TryOperator(string op, object? right, out object? value)
    {
        value = (op, right) switch
        {
            ("+", PyTimeDelta delta) => Plus(delta.Span),
            ("-", PyTimeDelta delta) => Plus(-delta.Span),
            ("-", PyDateTime other) when other.DateOnly == dateOnly => new PyTimeDelta(Utc - other.Utc),
            _ => null,
        };
        return value is not null;
    }

    public override int CompareTo(object? obj) => Utc.CompareTo(((PyDateTime)obj!).Utc);

    public override bool Equals(object? obj) => obj is PyDateTime other && other.DateOnly == dateOnly && other.Utc == Utc;

    public override int GetHashCode() => Utc.GetHashCode();

    private Func<CallArguments, object?>? Method(string name) => name switch
    {
        "strftime" => a => StrfTime.Write(this, a.Text(0, "format", name)),
        "isoformat" => a => dateOnly ? Text : Iso(PyText.Str(a.Get(0, "sep", "T"))[0]),
        "date" => _ => new PyDateTime(local.Date, null, true),
        "time" => _ => local.ToString(Microsecond == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        "weekday" => _ => ((long)local.DayOfWeek + 6) % 7,
        "isoweekday" => _ => (((long)local.DayOfWeek + 6) % 7) + 1,
        "timestamp" => _ => (Utc - DateTime.UnixEpoch).TotalSeconds,
        "toordinal" => _ => (long)(local.Date - DateTime.MinValue).TotalDays + 1,
        "replace" => Replace,
        "astimezone" => a => AsZone(a.Get(0, "tz") as PyTimeZone ?? PyTimeZone.Utc),
        "utcoffset" => _ => zone is null ? null : new PyTimeDelta(zone.Zone.GetUtcOffset(local)),
        _ => null,
    };

    private PyDateTime AsZone(PyTimeZone other) => new(Utc + other.Zone.GetUtcOffset(DateTime.SpecifyKind(Utc, DateTimeKind.Utc)), other, false);

    private PyDateTime Replace(CallArguments a)
    {
        int Part(int index, string name, long current) => (int)a.Integer(index, name, current);
        var changed = new DateTime(Part(0, "year", local.Year), Part(1, "month", local.Month), Part(2, "day", local.Day), Part(3, "hour", local.Hour), Part(4, "minute", local.Minute), Part(5, "second", local.Second));
        var replaced = changed.AddTicks(a.Integer(6, "microsecond", Microsecond) * 10);
        return new PyDateTime(replaced, a.TryGet(7, "tzinfo", out var given) ? given as PyTimeZone : zone, dateOnly);
    }

    private string Iso(char separator) =>
        local.ToString($"yyyy-MM-dd'{separator}'HH:mm:ss", CultureInfo.InvariantCulture) + (Microsecond == 0 ? "" : $".{Microsecond:000000}") + Offset();
}
