using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions;

/// <summary>What keeps a register or a catalogue from being complete besides the answers themselves. The codes are permanent.</summary>
internal static class SubmissionIssues
{
    public const string NoRecord = "no_record";
    public const string NotConfirmed = "not_confirmed";
    public const string NotCarried = "not_carried";
    public const string ItemUnanswered = "item_unanswered";

    private static readonly LocalText NoRecordText = new(
        "ยังไม่มีรายการที่ยืนยันสำหรับปีนี้ กรุณาเพิ่มรายการ หรือแจ้งว่าไม่มีข้อมูล",
        "No record is confirmed for this year. Add one, or declare that there is none"
    );

    private static readonly LocalText NotConfirmedText = new(
        "รายการนี้ยังไม่ได้ยืนยันสำหรับปีนี้ กรุณาตรวจสอบแล้วยืนยัน",
        "This record is not confirmed for this year. Check it and confirm it"
    );

    private static readonly LocalText NotCarriedText = new(
        "รายการจากปีก่อนนี้ยังไม่ได้ตรวจสอบ กรุณายืนยันว่ายังคงเดิม แก้ไข หรือนำออกพร้อมเหตุผล",
        "This record of an earlier year was not looked at. Confirm it, change it, or remove it with a reason"
    );

    private static readonly LocalText UnansweredText = new(
        "รายการนี้ยังไม่ได้ตอบหรือยังไม่ได้ยืนยันสำหรับปีนี้",
        "This item is not answered, or not confirmed, for this year"
    );

    public static SheetIssue None() => Of(null, "", NoRecord, NoRecordText);

    public static SheetIssue Unconfirmed(Guid sheetId, string label) =>
        Of(sheetId, label, NotConfirmed, NotConfirmedText);

    public static SheetIssue Uncarried(string label) => Of(null, label, NotCarried, NotCarriedText);

    /// <summary>The path is the item's code: it may have no sheet yet.</summary>
    public static SheetIssue Unanswered(string label, string code) =>
        Of(null, label, ItemUnanswered, UnansweredText) with
        {
            Path = code,
        };

    private static SheetIssue Of(Guid? sheetId, string label, string code, LocalText message) =>
        new(sheetId, label, code, true, "", message.In("th"), message.In("en"));
}
