namespace Thongthin.Forms.Schema;

/// <summary>The question types by their XLSForm names.</summary>
public static class QuestionTypes
{
    private static readonly Dictionary<string, QuestionType> byName = new(StringComparer.Ordinal)
    {
        ["text"] = QuestionType.Text,
        ["integer"] = QuestionType.Integer,
        ["decimal"] = QuestionType.Decimal,
        ["date"] = QuestionType.Date,
        ["select_one"] = QuestionType.SelectOne,
        ["select_multiple"] = QuestionType.SelectMultiple,
        ["note"] = QuestionType.Note,
        ["calculate"] = QuestionType.Calculate,
    };

    private static readonly Dictionary<QuestionType, string> names = byName.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>null when there is no type of that name.</summary>
    public static QuestionType? Find(string name) => byName.TryGetValue(name, out var type) ? type : null;

    public static string NameOf(QuestionType type) => names[type];
}
