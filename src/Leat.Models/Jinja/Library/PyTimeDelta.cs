namespace Leat.Models.Jinja;

/// <summary>datetime.timedelta, to the microsecond.</summary>
internal sealed class PyTimeDelta(TimeSpan span) : PyArithmetic
{
    public TimeSpan Span => span;

    public override string TypeName => "datetime.timedelta";

    public override bool Truth => span != TimeSpan.Zero;

    private long Days => (long)Math.Floor(span.TotalDays);

    private TimeSpan Rest => span - TimeSpan.FromDays(Days);

    private long Seconds => (long)Rest.TotalSeconds;

    private long Microseconds => Rest.Ticks / 10 % 1_000_000;

    public override string Text
    {
        get
        {
            var days = Days == 0 ? "" : $"{Days} day{(Math.Abs(Days) == 1 ? "" : "s")}, ";
            var fraction = Microseconds == 0 ? "" : $".{Microseconds:000000}";
            return $"{days}{Rest.Hours}:{Rest.Minutes:00}:{Rest.Seconds:00}{fraction}";
        }
    }

    public override string Representation
    {
        get
        {
            var parts = new List<string>();
            if (Days != 0) parts.Add($"days={Days}");
            if (Seconds != 0) parts.Add($"seconds={Seconds}");
            if (Microseconds != 0) parts.Add($"microseconds={Microseconds}");
            return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
        }
    }

    public static PyTimeDelta Create(CallArguments a)
    {
        double Part(int index, string name) => PyNumbers.ToDouble(a.Get(index, name, 0L));
        var ticks = (Part(0, "days") * TimeSpan.TicksPerDay) + (Part(1, "seconds") * TimeSpan.TicksPerSecond) + (Part(2, "microseconds") * 10)
            + (Part(3, "milliseconds") * TimeSpan.TicksPerMillisecond) + (Part(4, "minutes") * TimeSpan.TicksPerMinute)
            + (Part(5, "hours") * TimeSpan.TicksPerHour) + (Part(6, "weeks") * 7 * TimeSpan.TicksPerDay);
        return new PyTimeDelta(new TimeSpan((long)Math.Round(ticks)));
    }

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "days" => Days,
            "seconds" => Seconds,
            "microseconds" => Microseconds,
            "total_seconds" => new PyFunction(name, _ => span.TotalSeconds),
            _ => this,
        };
        return value != this;
    }

    public override bool TryOperator(string op, object? right, out object? value)
    {
        value = (op, right) switch
        {
            ("+", PyTimeDelta other) => new PyTimeDelta(span + other.Span),
            ("-", PyTimeDelta other) => new PyTimeDelta(span - other.Span),
            ("+", PyDateTime date) => date.Plus(span),
            ("neg", _) => new PyTimeDelta(-span),
            ("/", PyTimeDelta other) => span / other.Span,
            ("//", PyTimeDelta other) => (long)Math.Floor(span / other.Span),
            ("*", _) when PyTypes.IsNumber(right) => new PyTimeDelta(span * PyNumbers.ToDouble(right)),
            ("/", _) when PyTypes.IsNumber(right) => new PyTimeDelta(span / PyNumbers.ToDouble(right)),
            ("//", _) when PyTypes.IsNumber(right) => new PyTimeDelta(new TimeSpan((long)Math.Floor(span.Ticks / PyNumbers.ToDouble(right) / 10) * 10)),
            _ => null,
        };
        return value is not null;
    }

    public override int CompareTo(object? obj) => span.CompareTo(((PyTimeDelta)obj!).Span);

    public override bool Equals(object? obj) => obj is PyTimeDelta other && other.Span == span;

    public override int GetHashCode() => span.GetHashCode();
}
