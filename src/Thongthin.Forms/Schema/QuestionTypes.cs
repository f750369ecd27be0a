namespace Thongthin.Forms.Schema;

/// <summary>The question types by their XLSForm names, and what several types have in common.</summary>
public static class QuestionTypes
{
    private static readonly Dictionary<string, QuestionType> byName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = QuestionType.Text,
        ["integer"] = QuestionType.Integer,
        ["decimal"] = QuestionType.Decimal,
        ["range"] = QuestionType.Range,
        ["date"] = QuestionType.Date,
        ["time"] = QuestionType.Time,
        ["dateTime"] = QuestionType.DateTime,
        ["select_one"] = QuestionType.SelectOne,
        ["select_multiple"] = QuestionType.SelectMultiple,
        ["rank"] = QuestionType.Rank,
        ["geopoint"] = QuestionType.Geopoint,
        ["geotrace"] = QuestionType.Geotrace,
        ["geoshape"] = QuestionType.Geoshape,
        ["image"] = QuestionType.Image,
        ["audio"] = QuestionType.Audio,
        ["video"] = QuestionType.Video,
        ["file"] = QuestionType.File,
        ["barcode"] = QuestionType.Barcode,
        ["acknowledge"] = QuestionType.Acknowledge,
        ["note"] = QuestionType.Note,
        ["calculate"] = QuestionType.Calculate,
        ["hidden"] = QuestionType.Hidden,
    };

    private static readonly Dictionary<QuestionType, string> names = byName.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>null when there is no type of that name; case does not matter.</summary>
    public static QuestionType? Find(string name) => byName.TryGetValue(name, out var type) ? type : null;

    public static string NameOf(QuestionType type) => names[type];

    /// <summary>The answer is a number.</summary>
    public static bool IsNumber(this QuestionType type) =>
        type is QuestionType.Integer or QuestionType.Decimal or QuestionType.Range;

    /// <summary>The answer comes from a list of choices.</summary>
    public static bool HasChoices(this QuestionType type) =>
        type is QuestionType.SelectOne or QuestionType.SelectMultiple or QuestionType.Rank;

    /// <summary>The answer is an array of names of choices.</summary>
    public static bool HasManyChoices(this QuestionType type) =>
        type is QuestionType.SelectMultiple or QuestionType.Rank;

    /// <summary>The answer is one place or several.</summary>
    public static bool IsPlace(this QuestionType type) =>
        type is QuestionType.Geopoint or QuestionType.Geotrace or QuestionType.Geoshape;

    /// <summary>The answer is a file; it is uploaded, never typed.</summary>
    public static bool IsFile(this QuestionType type) =>
        type is QuestionType.Image or QuestionType.Audio or QuestionType.Video or QuestionType.File;

    /// <summary>Nobody types it, whatever its columns say.</summary>
    public static bool IsNeverTyped(this QuestionType type) =>
        type is QuestionType.Note or QuestionType.Calculate or QuestionType.Hidden;
}
