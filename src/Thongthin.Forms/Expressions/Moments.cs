using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Thongthin.Forms.Expressions;

/// <summary>
/// Moments and times of day in expressions, on Bangkok's clock. A moment is ISO text, <c>2020-06-11T10:30:00+07:00</c>; a date
/// is its first moment. <c>moments.js</c> is the same.
/// </summary>
internal static partial class Moments
{
    private static readonly string[] Months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ');
    private static readonly string[] Weekdays = "Sun Mon Tue Wed Thu Fri Sat".Split(' ');
    private static readonly DateTime Epoch = new(1970, 1, 1);
    private static readonly TimeSpan Bangkok = TimeSpan.FromHours(7);

    /// <summary>The clock in Bangkok; null when the value is neither a moment nor a date.</summary>
    public static DateTime? Parse(FormValue value)
    {
        var single = value.Kind == ValueKind.Nodes ? value.Items.FirstOrDefault(FormValue.Empty) : value;
        return single.Kind switch
        {
            ValueKind.Date => single.AsDate!.Value.ToDateTime(TimeOnly.MinValue),
            ValueKind.Number => OfDays(single.ToNumber()),
            ValueKind.Text => Parse(Texts.TrimSpaces(single.ToText())),
            _ => null,
        };
    }

    /// <summary>ISO text with Bangkok's offset.</summary>
    public static string ToText(DateTime moment) =>
        moment.ToString("yyyy-MM-dd'T'HH:mm:ss'+07:00'", CultureInfo.InvariantCulture);

    /// <summary>Days since the beginning of 1970 in Greenwich, with the fraction.</summary>
    public static double ToDays(DateTime moment) => Milliseconds(moment - Epoch - Bangkok) / 86_400_000.0;

    /// <summary>The part of the day that has passed, 0 to 1; NaN when the value is neither a moment nor a time.</summary>
    public static double ToDayFraction(FormValue value)
    {
        var time = TimePattern().Match(Texts.TrimSpaces(value.ToText()));
        if (time.Success)
        {
            var (hour, minute, second) = (Part(time, 1), Part(time, 2), Part(time, 3));
            return hour < 24 && minute < 60 && second < 60
                ? (hour * 3600 + minute * 60 + second) * 1000.0 / 86_400_000.0
                : double.NaN;
        }
        return Parse(value) is { } moment ? Milliseconds(moment.TimeOfDay) / 86_400_000.0 : double.NaN;
    }

    /// <summary>ODK's codes: <c>%Y %y %m %n %b %d %e %H %h %M %S %3 %a %%</c>; any other sign after <c>%</c> stays as it is.</summary>
    public static string Format(DateTime moment, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            i++;
            text.Append(
                format[i] switch
                {
                    'Y' => Digits(moment.Year, 4),
                    'y' => Digits(moment.Year % 100, 2),
                    'm' => Digits(moment.Month, 2),
                    'n' => Digits(moment.Month, 1),
                    'b' => Months[moment.Month - 1],
                    'd' => Digits(moment.Day, 2),
                    'e' => Digits(moment.Day, 1),
                    'H' => Digits(moment.Hour, 2),
                    'h' => Digits(moment.Hour, 1),
                    'M' => Digits(moment.Minute, 2),
                    'S' => Digits(moment.Second, 2),
                    '3' => Digits(moment.Millisecond, 3),
                    'a' => Weekdays[(int)moment.DayOfWeek],
                    '%' => "%",
                    var other => $"%{other}",
                }
            );
        }
        return text.ToString();
    }

    private static string Digits(int value, int least) =>
        value.ToString(CultureInfo.InvariantCulture).PadLeft(least, '0');

    private static double Milliseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    private static int Part(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    // As its opposite, the number counts from Greenwich.
    private static DateTime? OfDays(double days)
    {
        var milliseconds = Math.Floor(days * 86_400_000.0 + 0.5);
        return milliseconds >= -62_135_596_800_000.0 && milliseconds < 253_402_214_400_000.0
            ? Epoch.AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond) + Bangkok
            : null;
    }

    private static DateTime? Parse(string text)
    {
        var match = MomentPattern().Match(text);
        if (!match.Success || FormValue.ParseIso(match.Groups[1].Value) is not { } day)
        {
            return null;
        }
        var (hour, minute, second) = (Part(match, 2), Part(match, 3), Part(match, 4));
        if (hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }
        var fraction = match.Groups[5].Success ? match.Groups[5].Value.PadRight(3, '0')[..3] : "0";
        var clock = day.ToDateTime(new TimeOnly(hour, minute, second))
            .AddMilliseconds(int.Parse(fraction, CultureInfo.InvariantCulture));
        var ahead = OffsetOf(match.Groups[6].Value);
        var shift = Bangkok - ahead;
        return clock > DateTime.MinValue.AddDays(2) && clock < DateTime.MaxValue.AddDays(-2) ? clock + shift : null;
    }

    // Without an offset it is Bangkok's clock.
    private static TimeSpan OffsetOf(string written)
    {
        if (written.Length < 6)
        {
            return written.Length == 0 ? Bangkok : TimeSpan.Zero;
        }
        var minutes =
            int.Parse(written.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60
            + int.Parse(written.AsSpan(4, 2), CultureInfo.InvariantCulture);
        return TimeSpan.FromMinutes(written[0] == '-' ? -minutes : minutes);
    }

    [GeneratedRegex(
        @"^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(Z|[-+]\d\d:\d\d)?)?$",
        RegexOptions.ECMAScript
    )]
    private static partial Regex MomentPattern();

    [GeneratedRegex(@"^(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,7})?)?(?:Z|[-+]\d\d:\d\d)?$", RegexOptions.ECMAScript)]
    private static partial Regex TimePattern();
}
