namespace Thongthin.Forms.Expressions;

/// <summary>Lengths and areas on a sphere of the earth's equatorial radius, as ODK computes them. <c>places.js</c> is the same.</summary>
internal static class Places
{
    private const double Radius = 6_378_100;

    /// <summary>Metres along the places, to the centimetre; NaN with fewer than two or with what is no place.</summary>
    public static double Distance(IEnumerable<string> texts)
    {
        var places = Read(texts);
        return places is null || places.Count < 2
            ? double.NaN
            : NumberText.Round(places.Zip(places.Skip(1), Between).Sum(), 2);
    }

    /// <summary>Square metres inside the places, to the square centimetre; NaN with fewer than three or with what is no place.</summary>
    public static double Area(IEnumerable<string> texts)
    {
        var places = Read(texts);
        if (places is null || places.Count < 3)
        {
            return double.NaN;
        }
        var sum = 0.0;
        for (var i = 0; i < places.Count; i++)
        {
            var (a, b) = (places[i], places[(i + 1) % places.Count]);
            sum += (b.Longitude - a.Longitude) * (2 + Math.Sin(a.Latitude) + Math.Sin(b.Latitude));
        }
        return NumberText.Round(Math.Abs(sum * Radius * Radius / 2), 2);
    }

    /// <summary>Whether a place lies inside an area; false for what is none. Degrees are taken as a plane.</summary>
    public static bool IsInside(string place, string area)
    {
        if (Read([place]) is not [var point, ..] || Read([area]) is not { Count: >= 3 } corners)
        {
            return false;
        }
        var isInside = false;
        for (var i = 0; i < corners.Count; i++)
        {
            var (a, b) = (corners[i], corners[(i + corners.Count - 1) % corners.Count]);
            if (
                a.Latitude > point.Latitude != b.Latitude > point.Latitude
                && point.Longitude
                    < (b.Longitude - a.Longitude) * (point.Latitude - a.Latitude) / (b.Latitude - a.Latitude)
                        + a.Longitude
            )
            {
                isInside = !isInside;
            }
        }
        return isInside;
    }

    private static double Between((double Latitude, double Longitude) a, (double Latitude, double Longitude) b)
    {
        var (down, across) = (Math.Sin((b.Latitude - a.Latitude) / 2), Math.Sin((b.Longitude - a.Longitude) / 2));
        var half = down * down + Math.Cos(a.Latitude) * Math.Cos(b.Latitude) * across * across;
        return 2 * Radius * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    // In radians; null when something is not a place.
    private static List<(double Latitude, double Longitude)>? Read(IEnumerable<string> texts)
    {
        var places = new List<(double, double)>();
        foreach (var text in texts.SelectMany(t => t.Split(';')).Where(t => Texts.TrimSpaces(t).Length > 0))
        {
            var numbers = Texts.Words(text).Select(NumberText.Parse).ToList();
            if (numbers.Count < 2 || !double.IsFinite(numbers[0]) || !double.IsFinite(numbers[1]))
            {
                return null;
            }
            places.Add((numbers[0] * Math.PI / 180, numbers[1] * Math.PI / 180));
        }
        return places;
    }
}
