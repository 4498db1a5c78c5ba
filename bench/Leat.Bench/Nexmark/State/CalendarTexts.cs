using System.Globalization;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Days as yyyy-MM-dd and minutes as HH:mm, formatted anew only when they change.</summary>
internal struct CalendarTexts
{
    private long _dayNumber;
    private long _minuteNumber;
    private Text _day;
    private Text _minute;

    public Text Day(DateTime time)
    {
        var number = time.Ticks / TimeSpan.TicksPerDay;
        if (number != _dayNumber) (_dayNumber, _day) = (number, Format(time, "yyyy-MM-dd"));
        return _day;
    }

    public Text Minute(DateTime time)
    {
        var number = time.Ticks / TimeSpan.TicksPerMinute;
        if (number != _minuteNumber) (_minuteNumber, _minute) = (number, Format(time, "HH:mm"));
        return _minute;
    }

    private static Text Format(DateTime time, string format) => Text.Inline(Encoding.UTF8.GetBytes(time.ToString(format, CultureInfo.InvariantCulture)));
}
