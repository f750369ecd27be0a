using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>What evaluation found for one node of one row: a question, a group, a repeat (its heading) or a row.</summary>
/// <param name="Node">of the definition; for a row its repeat</param>
/// <param name="IsRelevant">its own relevance and that of everything around it; an irrelevant answer is kept but does not count</param>
/// <param name="IsRequired">relevant and required now; false for groups</param>
/// <param name="Value">empty when not answered, not readable or not relevant; the computed value of a calculation</param>
/// <param name="Json">the value as it stands in certified content; null when empty</param>
public sealed record FieldState(
    FormNode Node,
    AnswerPath Path,
    bool IsRelevant,
    bool IsRequired,
    FormValue Value,
    JsonNode? Json
)
{
    public bool IsAnswered => !Value.IsEmpty;
}

/// <summary>How much of a form, or of one top-level part of it, is answered. Counts relevant questions that take an answer.</summary>
/// <param name="Answered">with a readable answer</param>
/// <param name="Questions">that could be answered</param>
/// <param name="RequiredAnswered">of the required ones</param>
/// <param name="Required">that must be answered now</param>
/// <param name="Blocking">issues that stop submitting</param>
/// <param name="Warnings">issues that do not</param>
public readonly record struct Completeness(
    int Answered,
    int Questions,
    int RequiredAnswered,
    int Required,
    int Blocking,
    int Warnings
)
{
    /// <summary>Nothing stops submitting.</summary>
    public bool IsComplete => Blocking == 0;

    public static Completeness operator +(Completeness a, Completeness b) => Add(a, b);

    public static Completeness Add(Completeness a, Completeness b) =>
        new(
            a.Answered + b.Answered,
            a.Questions + b.Questions,
            a.RequiredAnswered + b.RequiredAnswered,
            a.Required + b.Required,
            a.Blocking + b.Blocking,
            a.Warnings + b.Warnings
        );
}
