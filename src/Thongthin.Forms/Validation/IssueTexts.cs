using System.Globalization;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Validation;

/// <summary>What a person reads about a problem: the author's message, else a general one that names the question.</summary>
internal static class IssueTexts
{
    public static LocalText Required(Question question) =>
        Or(question.RequiredMessage, question, label => $"กรุณากรอก “{label}”", label => $"Please answer “{label}”");

    public static LocalText Constraint(Question question) =>
        Or(
            question.ConstraintMessage,
            question,
            label => $"“{label}” ไม่เป็นไปตามเงื่อนไข กรุณาตรวจสอบ",
            label => $"“{label}” does not meet its rule. Please check it"
        );

    public static LocalText Plausible(Question question) =>
        Or(
            question.PlausibleMessage,
            question,
            label => $"“{label}” ดูมากหรือน้อยผิดปกติ กรุณาตรวจสอบว่าถูกต้อง",
            label => $"“{label}” looks unusually large or small. Please make sure it is right"
        );

    public static LocalText NoRows(Repeat repeat) =>
        Both(
            repeat,
            label => $"กรุณาเพิ่ม “{label}” อย่างน้อย {repeat.MinimumRows} รายการ",
            label => $"Please add at least {repeat.MinimumRows} to “{label}”"
        );

    public static LocalText RowCount(Repeat repeat) =>
        Both(
            repeat,
            label => $"จำนวนรายการของ “{label}” ไม่ตรงกับที่กรอกไว้ กรุณาเพิ่มหรือลบรายการให้ตรง",
            label => $"“{label}” has not as many entries as you answered. Please add or remove some"
        );

    public static LocalText NotOffered(Question question) =>
        Both(
            question,
            label => $"“{label}” ไม่ตรงกับคำตอบอื่นแล้ว กรุณาเลือกใหม่",
            label => $"“{label}” no longer goes with your other answers. Please choose again"
        );

    public static LocalText OutOfRange(Question question)
    {
        var (least, most) = question.Bounds!.Value;
        var (from, to) = (NumberText.Grouped(least), NumberText.Grouped(most));
        return Both(
            question,
            label => $"“{label}” ต้องอยู่ระหว่าง {from} ถึง {to}",
            label => $"“{label}” must be from {from} to {to}"
        );
    }

    public static LocalText YearChange(Question question, double before, double? percent)
    {
        var old = NumberText.Grouped(before);
        var share = percent is { } p
            ? string.Create(CultureInfo.InvariantCulture, $" ({(p > 0 ? "+" : "")}{NumberText.Round(p, 2)}%)")
            : "";
        return Both(
            question,
            label => $"“{label}” เปลี่ยนจากปีก่อน ({old}) มากกว่าปกติ{share} กรุณาตรวจสอบ และบอกเหตุผลถ้าถูกต้อง",
            label =>
                $"“{label}” changed more than usual since last year ({old}){share}. Please check it, and say why if it is right"
        );
    }

    public static LocalText Unreadable(Question question, string code) =>
        code switch
        {
            IssueCodes.NotWhole => Both(
                question,
                label => $"“{label}” ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม",
                label => $"“{label}” must be a whole number"
            ),
            IssueCodes.NotNumber => Both(
                question,
                label => $"“{label}” ต้องเป็นตัวเลข เช่น 1,250",
                label => $"“{label}” must be a number, for example 1,250"
            ),
            IssueCodes.NotDate => Both(
                question,
                label => $"“{label}” ต้องเป็นวันที่ที่มีอยู่จริง เช่น 11/6/2563",
                label => $"“{label}” must be a date that exists, for example 11/6/2020"
            ),
            IssueCodes.NotTime => Both(
                question,
                label => $"“{label}” ต้องเป็นเวลา เช่น 10:30",
                label => $"“{label}” must be a time, for example 10:30"
            ),
            IssueCodes.NotMoment => Both(
                question,
                label => $"“{label}” ต้องเป็นวันที่และเวลา เช่น 11/6/2563 10:30",
                label => $"“{label}” must be a date with a time, for example 11/6/2020 10:30"
            ),
            IssueCodes.NotPlace => Both(
                question,
                label => $"“{label}” ต้องเป็นพิกัด ละติจูดแล้วลองจิจูด เช่น 17.62 100.10",
                label => $"“{label}” must be coordinates, latitude then longitude, for example 17.62 100.10"
            ),
            IssueCodes.NotFile => Both(
                question,
                label => $"“{label}” ต้องเป็นไฟล์ที่แนบ",
                label => $"“{label}” must be an attached file"
            ),
            IssueCodes.NotChoice => Both(
                question,
                label => $"“{label}” ต้องเลือกจากรายการ",
                label => $"“{label}” must be chosen from the list"
            ),
            _ => Constraint(question),
        };

    private static LocalText Or(LocalText own, FormNode node, Func<string, string> th, Func<string, string> en)
    {
        var general = Both(node, th, en);
        return new LocalText(own.Th ?? own.En ?? general.Th, own.En ?? own.Th ?? general.En);
    }

    private static LocalText Both(FormNode node, Func<string, string> th, Func<string, string> en) =>
        new(th(Label(node, "th")), en(Label(node, "en")));

    private static string Label(FormNode node, string language) =>
        node.Label.In(language) is { Length: > 0 } label ? label : node.Name;
}
