namespace Leat.Models.Jinja;

/// <summary>A pytz time zone, or datetime.timezone.</summary>
internal sealed class PyTimeZone(TimeZoneInfo zone, string name) : PyObject
{
    public static readonly PyTimeZone Utc = new(TimeZoneInfo.Utc, "UTC");

    public TimeZoneInfo Zone => zone;

    public string Name => name;

    public override string TypeName => "pytz.tzinfo";

    public override string Text => name;

    public override string Representation => $"<{name}>";

    public static PyTimeZone Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? new PyTimeZone(zone, name)
        : throw new JinjaError(ErrorKind.KeyError, $"UnknownTimeZoneError: '{name}'", "use an IANA name such as 'Europe/London'");

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "zone" => Name,
            "localize" => new PyFunction(name, a => a.Need(0, "dt", name) is PyDateTime date ? date.In(this) : throw new JinjaError(ErrorKind.TypeError, "localize needs a datetime", "pass a datetime")),
            "normalize" => new PyFunction(name, a => a.Need(0, "dt", name)),
            _ => this,
        };
        return value != this;
    }
}
