using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>
/// Reads places as ODK writes them, <c>latitude longitude altitude accuracy</c> in degrees and metres, several joined by
/// <c>;</c>. Altitude and accuracy may be missing (0), a comma may stand between, digits may be Thai. An area is closed: its last
/// place is its first again.
/// </summary>
internal static class TypedPlace
{
    /// <summary>Places of one answer at most.</summary>
    public const int MaximumPlaces = 1_000;

    /// <summary>null when it is no place, or too few of them for a line (2) or an area (3 different ones).</summary>
    public static string? Parse(QuestionType type, string typed)
    {
        var parts = TypedAnswer.ArabicDigits(typed).Replace('−', '-').Split(';');
        var places = new List<string>();
        foreach (var part in parts.Where(p => p.Trim(TypedAnswer.Trimmed).Length > 0).Take(MaximumPlaces + 1))
        {
            if (Place(part) is not { } place)
            {
                return null;
            }
            places.Add(place);
        }
        if (type == QuestionType.Geoshape && places.Count >= 3 && places[0] != places[^1])
        {
            places.Add(places[0]);
        }
        var isEnough = type switch
        {
            QuestionType.Geotrace => places.Count >= 2,
            QuestionType.Geoshape => places.Count >= 4,
            _ => places.Count == 1,
        };
        return isEnough && places.Count <= MaximumPlaces ? string.Join(';', places) : null;
    }

    private static string? Place(string text)
    {
        var numbers = text.Split([' ', ',', '\t', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
            .Select(NumberText.Parse)
            .ToList();
        if (
            numbers.Count is < 2 or > 4
            || numbers.Exists(n => !double.IsFinite(n) || Math.Abs(n) > 1e9)
            || Math.Abs(numbers[0]) > 90
            || Math.Abs(numbers[1]) > 180
        )
        {
            return null;
        }
        while (numbers.Count < 4)
        {
            numbers.Add(0);
        }
        return string.Join(' ', numbers.Select(n => NumberText.Format(n)));
    }
}
