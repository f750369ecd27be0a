using System.Globalization;

namespace Thongthin.Forms.Answers;

/// <summary>
/// Reads a time of day, <c>10:30</c>, <c>10.30 น.</c>, <c>๑๐:๓๐:๐๕</c>, and a day with a time, <c>11/6/2563 10:30</c> or ISO 8601. A
/// moment with another offset is kept as the same moment in Bangkok.
/// </summary>
internal static class TypedTime
{
    private static readonly TimeSpan Bangkok = TimeSpan.FromHours(7);

    /// <summary><c>HH:mm</c>, with <c>:ss</c> where seconds were typed; null when it is no time of day.</summary>
    public static string? Parse(string typed)
    {
        var text = TypedAnswer.ArabicDigits(typed).Replace("น.", "", StringComparison.Ordinal).Trim(' ', '\u00a0');
        var parts = text.Split(':', '.');
        if (
            parts.Length is not (2 or 3)
            || Number(parts[0], 23) is not { } hour
            || Number(parts[1], 59) is not { } minute
        )
        {
            return null;
        }
        if (parts.Length == 2)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");
        }
        return Number(parts[2], 59) is { } second
            ? string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}:{second:00}")
            : null;
    }

    /// <summary><c>yyyy-MM-ddTHH:mm:ss+07:00</c>; null when it is not a day with a time.</summary>
    public static string? ParseMoment(string typed)
    {
        var text = TypedAnswer.ArabicDigits(typed).Trim(' ', '\u00a0');
        text = text.EndsWith("น.", StringComparison.Ordinal) ? text[..^2].TrimEnd() : text;
        var at = text.LastIndexOfAny(['T', 't', ' ', '\u00a0']);
        if (at <= 0 || TypedDate.Parse(text[..at]) is not { } day)
        {
            return null;
        }
        var (clock, offset) = SplitOffset(text[(at + 1)..]);
        if (offset is not { } o || Parse(clock) is not { } time)
        {
            return null;
        }
        var local = day.ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture));
        return new DateTimeOffset(local, o)
            .ToOffset(Bangkok)
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    // 10:30:00.000+07:00 → 10:30:00 and the offset; Bangkok's without one, null for one that cannot be.
    private static (string Clock, TimeSpan? Offset) SplitOffset(string text)
    {
        var sign = text.IndexOfAny(['+', '-', '−', 'Z', 'z']);
        var clock = sign < 0 ? text : text[..sign];
        var parts = clock.Split('.');
        clock =
            parts is [{ Length: 8 }, { Length: > 0 and <= 7 } fraction] && fraction.All(char.IsAsciiDigit)
                ? parts[0]
                : clock;
        if (sign < 0)
        {
            return (clock, Bangkok);
        }
        if (text[sign] is 'Z' or 'z')
        {
            return (clock, sign == text.Length - 1 ? TimeSpan.Zero : null);
        }
        return Parse(text[(sign + 1)..]) is { Length: 5 } o && int.Parse(o[..2], CultureInfo.InvariantCulture) <= 13
            ? (clock, TimeSpan.ParseExact(o, "hh\\:mm", CultureInfo.InvariantCulture) * (text[sign] == '+' ? 1 : -1))
            : (clock, null);
    }

    private static int? Number(string text, int most) =>
        text.Length is 1 or 2
        && text.All(char.IsAsciiDigit)
        && int.Parse(text, CultureInfo.InvariantCulture) is var value
        && value <= most
            ? value
            : null;
}
