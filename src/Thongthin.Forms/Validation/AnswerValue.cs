using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>Stored JSON to the value that expressions see, and back. JSON of another shape than the type's is unreadable, never an exception.</summary>
internal static class AnswerValue
{
    /// <summary>Empty when there is no answer or it is not readable.</summary>
    public static FormValue Of(Question question, JsonNode? stored) =>
        question.Type switch
        {
            _ when question.IsNumber => TypedAnswer.NumberOf(stored) is { } number
                ? FormValue.Of(number)
                : FormValue.Empty,
            QuestionType.Date => Text(stored) is { } text && FormValue.ParseIso(text) is { } date
                ? FormValue.Of(date)
                : FormValue.Empty,
            _ when question.Type.HasManyChoices() => FormValue.Of(string.Join(' ', Names(stored))),
            _ when question.Type.IsFile() => FormValue.Of(StoredFile.Of(stored)?.Name ?? ""),
            _ => Text(stored) is { } text ? FormValue.Of(text) : FormValue.Empty,
        };

    /// <summary>The code of what is wrong with a stored value; null when it is readable or missing.</summary>
    public static string? ProblemOf(Question question, ChoiceList? list, JsonNode? stored)
    {
        if (stored is null)
        {
            return null;
        }
        var isReadable = question.Type switch
        {
            QuestionType.Integer => TypedAnswer.NumberOf(stored) is { } whole && whole == Math.Truncate(whole),
            _ when question.IsNumber => TypedAnswer.NumberOf(stored) is not null,
            QuestionType.Date => Text(stored) is { } text && FormValue.ParseIso(text) is not null,
            _ when question.Type.HasManyChoices() => stored is JsonArray array
                && Names(stored).Count(n => TypedAnswer.IsChoice(question, list, n)) == array.Count,
            QuestionType.SelectOne => Text(stored) is { } name && TypedAnswer.IsChoice(question, list, name),
            _ when question.Type.IsFile() => StoredFile.Of(stored) is not null,
            QuestionType.Text or QuestionType.Barcode => Text(stored) is not null,
            _ => Text(stored) is { } text && TypedAnswer.Parse(question, list, text) is JsonValue,
        };
        return isReadable ? null : CodeFor(question, stored);
    }

    /// <summary>null when the value is empty.</summary>
    public static JsonNode? ToJson(Question question, ChoiceList? list, FormValue value)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        if (question.Type == QuestionType.Rank)
        {
            return new JsonArray([.. Texts.Words(value.ToText()).Select(n => (JsonNode)JsonValue.Create(n))]);
        }
        if (question.Type == QuestionType.SelectMultiple)
        {
            return new JsonArray([
                .. Texts
                    .Words(value.ToText())
                    .OrderBy(n => list?.PositionOf(n) ?? 0)
                    .Select(n => (JsonNode)JsonValue.Create(n)),
            ]);
        }
        return value.Kind switch
        {
            ValueKind.Number => double.IsFinite(value.ToNumber()) ? JsonValue.Create(value.ToNumber()) : null,
            ValueKind.Boolean => JsonValue.Create(value.ToBoolean()),
            _ => JsonValue.Create(value.ToText()),
        };
    }

    /// <summary>
    /// The result of an expression as the question's type keeps it: nothing where it cannot. A calculate keeps what the
    /// expression gave.
    /// </summary>
    public static FormValue OfCalculated(Question question, ChoiceList? list, FormValue value)
    {
        var single = value.Kind == ValueKind.Nodes ? value.Items.FirstOrDefault(FormValue.Empty) : value;
        return question.Type switch
        {
            QuestionType.Calculate when single.Kind == ValueKind.Number => Finite(single.ToNumber()),
            QuestionType.Calculate => single,
            QuestionType.Decimal or QuestionType.Range => Finite(single.ToNumber()),
            QuestionType.Integer when single.ToNumber() == Math.Truncate(single.ToNumber()) => Finite(
                single.ToNumber()
            ),
            QuestionType.Integer => FormValue.Empty,
            QuestionType.Date => single.ToDate(),
            _ => Of(question, TypedAnswer.Parse(question, list, single.ToText())),
        };
    }

    private static FormValue Finite(double number) => double.IsFinite(number) ? FormValue.Of(number) : FormValue.Empty;

    private static string CodeFor(Question question, JsonNode stored) =>
        question.Type switch
        {
            QuestionType.Integer => IsNumber(question, stored) ? IssueCodes.NotWhole : IssueCodes.NotNumber,
            _ when question.IsNumber => IssueCodes.NotNumber,
            _ when question.Type.HasChoices() => IssueCodes.NotChoice,
            _ when question.Type.IsPlace() => IssueCodes.NotPlace,
            _ when question.Type.IsFile() => IssueCodes.NotFile,
            QuestionType.Date => IssueCodes.NotDate,
            QuestionType.Time => IssueCodes.NotTime,
            QuestionType.DateTime => IssueCodes.NotMoment,
            QuestionType.Acknowledge => IssueCodes.NotChoice,
            _ => IssueCodes.Constraint,
        };

    private static bool IsNumber(Question question, JsonNode stored) =>
        TypedAnswer.NumberOf(stored) is not null
        || (
            TypedAnswer.RawOf(stored) is { } raw
            && TypedAnswer.Parse(question with { Type = QuestionType.Decimal }, null, raw) is JsonValue
        );

    private static string? Text(JsonNode? stored) =>
        stored is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static IEnumerable<string> Names(JsonNode? stored) =>
        stored is JsonArray array ? array.Select(Text).OfType<string>() : [];
}
