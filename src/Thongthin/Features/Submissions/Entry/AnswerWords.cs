using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// Stored answers as people read and type them: days in the Buddhist era, large numbers grouped, choices by their labels.
/// A text that could not be read stays exactly as it was typed.
/// </summary>
internal static class AnswerWords
{
    /// <summary>From here on numbers are grouped, where they have a unit; without one a year must stay a year.</summary>
    private const double Grouped = 1_000;
    private const double GroupedWithoutUnit = 10_000;

    /// <summary>The text that stands in the field; reading it gives the stored value again.</summary>
    /// <param name="language">of the texts of long lists</param>
    public static string ForField(FormDefinition form, Question question, JsonNode? value, string language)
    {
        if (StoredFile.Of(value) is { } file)
        {
            return file.ToText();
        }
        var raw = TypedAnswer.ToRaw(value);
        if (raw.Length == 0 || TypedAnswer.RawOf(value) is not null)
        {
            return raw;
        }
        return question.Type switch
        {
            QuestionType.Date => Day(raw) is { } day ? ThaiDate.Typed(day) : raw,
            QuestionType.Integer or QuestionType.Decimal => Group(question, raw),
            QuestionType.SelectOne => SharedLists.TextOf(question, form, raw, language),
            _ => raw,
        };
    }

    /// <summary>The answer in words, with its unit; empty when there is none.</summary>
    public static string ForReading(FormDefinition form, Question question, JsonNode? value, Texts texts)
    {
        var raw = TypedAnswer.ToRaw(value);
        return TypedAnswer.RawOf(value) is null ? ForReading(form, question, raw, texts) : raw;
    }

    /// <summary>The same for the raw text of a readable answer.</summary>
    public static string ForReading(FormDefinition form, Question question, string raw, Texts texts)
    {
        if (raw.Length == 0)
        {
            return "";
        }
        var language = texts.Reader.Code;
        switch (question.Type)
        {
            case QuestionType.Date:
                return Day(raw) is { } day ? texts.Date(day) : raw;
            case QuestionType.Time:
                return texts.Digits(raw);
            case QuestionType.DateTime:
                return DateTimeOffset.TryParse(raw, CultureInfo.InvariantCulture, out var moment)
                    ? texts.Moment(moment)
                    : raw;
            case QuestionType.Acknowledge:
                return texts["entry.acknowledge"];
            case QuestionType.SelectOne or QuestionType.SelectMultiple or QuestionType.Rank:
                var list = form.ListOf(question);
                var names =
                    question.Type == QuestionType.SelectOne
                        ? [raw]
                        : raw.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return string.Join(", ", names.Select(name => list?.Find(name)?.Label.In(language) ?? name));
            case QuestionType.Integer or QuestionType.Decimal or QuestionType.Range or QuestionType.Calculate:
                return $"{texts.Digits(Group(question, raw))} {question.Unit.In(language)}".TrimEnd();
            default:
                return raw;
        }
    }

    private static DateOnly? Day(string raw) =>
        DateOnly.TryParseExact(raw, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string Group(Question question, string raw)
    {
        if (
            !double.TryParse(
                raw,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            || Math.Abs(number) < (question.Unit.IsEmpty ? GroupedWithoutUnit : Grouped)
        )
        {
            return raw;
        }
        var point = raw.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? raw : raw[..point];
        return long.Parse(whole, CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture)
            + (point < 0 ? "" : raw[point..]);
    }
}
