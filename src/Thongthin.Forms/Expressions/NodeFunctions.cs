using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>What the functions that look at nodes and lists must be given: lists and questions are named, not computed.</summary>
internal static class NodeFunctions
{
    /// <summary>The recorded facts of other forms, as <c>pulldata</c> names them.</summary>
    public const string Facts = "facts";

    /// <summary>null when the call is right.</summary>
    public static LocalText? WhatIsWrong(FunctionCall call)
    {
        var arguments = call.Arguments;
        switch (call.Name)
        {
            case "instance" when arguments[0] is not StringLiteral:
            case "pulldata" when arguments[0] is not StringLiteral || arguments[1] is not StringLiteral:
                return new LocalText(
                    $"{call.Name}() ต้องระบุชื่อรายการเป็นข้อความในเครื่องหมายคำพูด",
                    $"{call.Name}() needs the name of the list as a text in quotes"
                );
            case "pulldata" when IsOfFacts(call) && arguments[2] is not StringLiteral { Value: "lao" }:
                return new LocalText(
                    "pulldata('facts', …) ต้องค้นด้วย 'lao'",
                    "pulldata('facts', …) looks up by 'lao'"
                );
            case "jr:choice-name" when QuestionOf(arguments[1]) is null:
                return new LocalText(
                    "jr:choice-name() ต้องระบุคำถามเช่น '${ชื่อ}'",
                    "jr:choice-name() needs its question, like '${name}'"
                );
            case "indexed-repeat" when arguments.Count % 2 == 0 || !IndexedNames(call).All(n => n is not null):
                return new LocalText(
                    "indexed-repeat() ต้องเป็น (${คำถาม}, ${กลุ่มซ้ำ}, ลำดับ, …)",
                    "indexed-repeat() is written (${question}, ${repeat}, number, …)"
                );
            default:
                return null;
        }
    }

    public static bool IsOfFacts(FunctionCall call) => call.Arguments[0] is StringLiteral { Value: Facts };

    /// <summary>The question that <c>jr:choice-name</c> means; null when none is named.</summary>
    public static string? QuestionOf(Expression argument)
    {
        var name = argument is StringLiteral text ? text.Value.Trim() : NameOf(argument);
        name = name is ['$', '{', .., '}'] ? name[2..^1].Trim() : name?[(name.LastIndexOf('/') + 1)..];
        return name is not null && Names.IsValid(name) ? name : null;
    }

    /// <summary>The names of the question and the repeats of <c>indexed-repeat</c>; null where an argument names none.</summary>
    public static IEnumerable<string?> IndexedNames(FunctionCall call) =>
        call.Arguments.Where((_, i) => i == 0 || i % 2 == 1).Select(NameOf);

    private static string? NameOf(Expression argument) =>
        argument switch
        {
            Reference reference => reference.Name,
            PathExpression { Steps: [.., { Kind: StepKind.Child } last] } => last.Name,
            _ => null,
        };
}
