using System.Globalization;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Verification;

/// <summary>One kind of finding: its code never changes and is never used again for another.</summary>
/// <param name="Th">message; {0} {1} … are filled in</param>
/// <param name="En">the same in English</param>
public sealed record FindingKind(string Code, FindingSeverity Severity, string Th, string En)
{
    internal LocalText Message(object[] arguments) =>
        new(
            string.Format(CultureInfo.InvariantCulture, Th, arguments),
            string.Format(CultureInfo.InvariantCulture, En, arguments)
        );
}

/// <summary>Everything that can be wrong with a form. <c>docs/forms.md</c> explains each.</summary>
public static class FindingCodes
{
    private const FindingSeverity Error = FindingSeverity.Error;
    private const FindingSeverity Warning = FindingSeverity.Warning;

    public static readonly IReadOnlyList<FindingKind> All =
    [
        new(
            "F001",
            Error,
            "อ่านไฟล์เป็นสมุดงาน Excel (.xlsx) ไม่ได้",
            "The file cannot be read as an Excel workbook or a table"
        ),
        new(
            "F002",
            Error,
            "ไฟล์ใหญ่เกินไป: แผ่นงานหนึ่งมีได้ {0} แถว {1} คอลัมน์",
            "The file is too large: a sheet may have {0} rows and {1} columns"
        ),
        new(
            "F003",
            Error,
            "ไม่รองรับไฟล์ชนิดนี้ ใช้ .xlsx .xls .csv หรือ .md",
            "This kind of file is not served; use .xlsx, .xls, .csv or .md"
        ),
        new("F004", Error, "ไฟล์ข้อความต้องเข้ารหัสแบบ UTF-8", "The text file must be UTF-8"),
        new("F005", Error, "ไม่มีแผ่นงาน {0}", "There is no sheet {0}"),
        new("F006", Warning, "ไม่รู้จักแผ่นงาน “{0}” จึงไม่ได้อ่าน", "The sheet “{0}” is unknown and was not read"),
        new("F007", Warning, "ไม่รู้จักคอลัมน์ “{0}” จึงไม่ได้อ่าน", "The column “{0}” is unknown and was not read"),
        new("F008", Error, "มีคอลัมน์ “{0}” ซ้ำ", "The column “{0}” is there twice"),
        new("F009", Error, "ไม่มีคอลัมน์ {0}", "There is no column {0}"),
        new("F010", Error, "มีแผ่นงาน {0} ซ้ำ", "The sheet {0} is there twice"),
        new(
            "F011",
            Warning,
            "ระบบใช้เฉพาะภาษาไทย (th) และอังกฤษ (en) จึงไม่ได้อ่านคอลัมน์ “{0}”",
            "Only Thai (th) and English (en) are used; the column “{0}” was not read"
        ),
        new(
            "F012",
            Warning,
            "หน้าบันทึกไม่แสดงภาพและเสียงจากคอลัมน์ “{0}” ข้อความต้องบอกให้ครบ",
            "The page does not show pictures or sounds of the column “{0}”: the text must say it all"
        ),
        new(
            "F013",
            Warning,
            "คอลัมน์ “{0}” เป็นของโปรแกรมอื่น จึงไม่ได้อ่าน",
            "The column “{0}” is for other tools and was not read"
        ),
        new(
            "F014",
            Warning,
            "สมุดงานมีแมโคร ระบบไม่ใช้และไม่เก็บไว้",
            "The workbook has macros: they are neither run nor kept"
        ),
        new("F015", Error, "ไม่ได้กำหนด {0}", "The setting {0} is missing"),
        new("F016", Error, "“{1}” ใช้เป็น {0} ไม่ได้ ต้องเป็น{2}", "“{1}” cannot be {0}: {3}"),
        new("F020", Error, "ไม่รู้จักชนิดคำถาม “{0}”", "The question type “{0}” is unknown"),
        new("F021", Error, "ไม่ได้ระบุชนิด (type)", "The type is missing"),
        new("F022", Error, "ไม่ได้ตั้งชื่อ (name)", "The name is missing"),
        new(
            "F023",
            Error,
            "“{0}” ใช้เป็นชื่อไม่ได้ ใช้ตัวอักษร a–z ตัวเลข _ และ - ไม่เกิน 60 ตัว ขึ้นต้นด้วยตัวอักษร",
            "“{0}” cannot be a name: use letters a–z, digits, _ and -, at most 60, beginning with a letter"
        ),
        new("F024", Error, "ชื่อ “{0}” ซ้ำกับแถว {1}", "The name “{0}” is already used in row {1}"),
        new("F025", Error, "“{0}” ไม่มีข้อความ (label)", "“{0}” has no label"),
        new("F026", Warning, "“{0}” ไม่มี {1} ภาษา{2}", "“{0}” has no {1} in {3}"),
        new("F027", Error, "{0} “{1}” ไม่มีแถวปิด", "The {0} “{1}” is never closed"),
        new("F028", Error, "“{0}” ไม่มีแถวเปิดที่คู่กัน", "“{0}” closes nothing that is open"),
        new("F029", Error, "กลุ่มซ้ำซ้อนกันลึกเกิน {0} ชั้น", "Repeats are nested deeper than {0}"),
        new("F030", Warning, "“{0}” ไม่มีคำถามอยู่ภายใน", "There is no question inside “{0}”"),
        new("F031", Error, "แบบบันทึกไม่มีคำถาม", "The form has no question"),
        new("F032", Error, "กลุ่มซ้อนกันลึกเกิน {0} ชั้น", "Groups are nested deeper than {0}"),
        new(
            "F034",
            Error,
            "ตัวเลือกต้องมาจากคำถามในกลุ่มซ้ำ แต่ไม่มีคำถาม “{0}” ในกลุ่มซ้ำใด",
            "Choices come from a question in a repeat, but no repeat has a question “{0}”"
        ),
        new(
            "F035",
            Error,
            "คำถามแบบเลือกต้องระบุรายการตัวเลือก เช่น select_one ประเทศ",
            "A select question names its list, as in select_one country"
        ),
        new(
            "F036",
            Error,
            "ไม่มีรายการตัวเลือก “{0}” ในแผ่นงาน choices",
            "There is no list “{0}” in the sheet choices"
        ),
        new(
            "F037",
            Error,
            "“{0}” ใช้เป็นชื่อตัวเลือกไม่ได้ ต้องไม่มีช่องว่างและไม่เกิน 60 ตัว",
            "“{0}” cannot be the name of a choice: no spaces, at most 60 characters"
        ),
        new("F038", Error, "รายการ “{0}” มีตัวเลือก “{1}” ซ้ำ", "The list “{0}” has the choice “{1}” twice"),
        new("F039", Warning, "ไม่มีคำถามใดใช้รายการ “{0}”", "No question uses the list “{0}”"),
        new("F040", Error, "สูตรไม่ถูกต้องที่ตัวอักษรที่ {0}: {1}", "The expression is wrong at character {0}: {2}"),
        new("F041", Error, "ไม่มีคำถามชื่อ “{0}”", "There is no question “{0}”"),
        new(
            "F042",
            Error,
            "“{0}” ไม่มีคำตอบให้ใช้ในสูตร (เป็นกลุ่มหรือข้อความ)",
            "“{0}” is a group or note: it has no answer to use"
        ),
        new("F043", Error, "สูตรอ้างถึงกันเป็นวง: {0}", "Expressions need each other in a circle: {0}"),
        new(
            "F044",
            Error,
            "ใช้ . ในช่องนี้ไม่ได้ ใช้ได้ใน constraint, plausible และ required",
            "“.” has no meaning in this column; it has in constraint, plausible and required"
        ),
        new(
            "F045",
            Error,
            "รูปแบบของ regex() ไม่ถูกต้องที่ตัวอักษรที่ {0}: {1}",
            "The pattern of regex() is wrong at character {0}: {2}"
        ),
        new(
            "F046",
            Error,
            "รูปแบบของ regex() ต้องเป็นข้อความในเครื่องหมายคำพูด",
            "The pattern of regex() must be a text in quotes"
        ),
        new(
            "F047",
            Warning,
            "“{0}” อยู่ใน repeat “{1}” จึงมีหลายค่า ใช้กับ sum() count() min() max() หรือ concat()",
            "“{0}” is in the repeat “{1}” and has many values here: use sum(), count(), min(), max() or concat()"
        ),
        new(
            "F048",
            Warning,
            "“{0}” ไม่อยู่ในตัวเลือกของ “{1}” เงื่อนไขนี้จึงไม่มีวันเป็นจริง",
            "“{0}” is not a choice of “{1}”: this never holds"
        ),
        new("F049", Error, "ค่าเริ่มต้น (default) อ้างถึงคำตอบอื่นไม่ได้", "A default cannot use other answers"),
        new(
            "F050",
            Error,
            "calculate ต้องมีสูตรในคอลัมน์ calculation",
            "A calculate needs an expression in the column calculation"
        ),
        new("F051", Warning, "มี {0} แต่ไม่มี {1}", "There is a {0} but no {1}"),
        new(
            "F052",
            Warning,
            "มี {0} แต่ไม่มีข้อความบอกผู้บันทึก ({1})",
            "There is a {0} without a message for the recorder ({1})"
        ),
        new("F053", Error, "“{0}” ใช้ในคอลัมน์นี้ไม่ได้ ต้องเป็น {1}", "“{0}” cannot stand in this column; use {1}"),
        new("F054", Warning, "คอลัมน์นี้ไม่มีผลกับ {0}", "This column has no effect on a {0}"),
        new(
            "F055",
            Warning,
            "ไม่รู้จักรูปแบบ (appearance) “{0}” จะแสดงแบบปกติ",
            "The appearance “{0}” is unknown; the question is shown as usual"
        ),
        new("F056", Warning, "ตัวเลขไม่มีหน่วย (unit)", "The number has no unit"),
        new(
            "F057",
            Warning,
            "“{0}” เป็นข้อมูลที่โทรศัพท์บันทึกเอง หน้าเว็บเก็บไว้เป็นค่าซ่อน และประวัติบอกว่าใครบันทึกเมื่อใด",
            "“{0}” is what a phone notes down: here it is a hidden value, and the history says who recorded when"
        ),
        new(
            "F058",
            Warning,
            "ไม่ใช้ trigger: ค่าของ “{0}” คำนวณใหม่เสมอเมื่อคำตอบที่ใช้เปลี่ยน",
            "trigger is not used: “{0}” is computed anew whenever what it reads changes"
        ),
        new(
            "F059",
            Warning,
            "หน้าเว็บไม่มีรูปแบบ “{0}” จึงแสดงแบบธรรมดา",
            "The page has no appearance “{0}” and shows the plain question"
        ),
        new(
            "F060",
            Error,
            "แบบบันทึกชนิด register ต้องมีแผ่นงาน entities หนึ่งแถว",
            "A register needs a sheet entities with one row"
        ),
        new(
            "F061",
            Error,
            "แผ่นงาน entities ใช้ได้กับแบบบันทึกชนิด register เท่านั้น",
            "The sheet entities is only for registers"
        ),
        new("F062", Error, "entities ต้องมี {0}", "entities needs {0}"),
        new(
            "F063",
            Error,
            "save_to ใช้ได้กับคำถามนอก repeat ของ register เท่านั้น",
            "save_to is only for questions of a register, outside repeats"
        ),
        new(
            "F064",
            Error,
            "“{0}” ใช้ใน save_to ไม่ได้ หรือซ้ำกับคำถามอื่น",
            "“{0}” cannot stand in save_to, or another question has it"
        ),
        new(
            "F065",
            Error,
            "duplicate_keys: ไม่มีคำถามที่ตอบได้ชื่อ “{0}”",
            "duplicate_keys: there is no question “{0}” that takes an answer"
        ),
        new(
            "F066",
            Warning,
            "ทางไปยังคำตอบ “{0}” ไม่พบอะไรเลย: ไม่มี “{1}” ที่นั่น",
            "The path “{0}” finds nothing: there is no “{1}” there"
        ),
        new("F067", Error, "ไม่มีรายการชื่อ “{0}”", "There is no list “{0}”"),
        new("F068", Error, "รายการ “{0}” ไม่มีคอลัมน์ “{1}”", "The list “{0}” has no column “{1}”"),
        new(
            "F069",
            Warning,
            "ชนิดไม่ตรงกัน: “{0}” เป็น {1} แต่ใช้กับ {2}",
            "Types clash: “{0}” is {1}, but is used with {2}"
        ),
        new("F070", Warning, "เงื่อนไขนี้ไม่มีวันเป็นจริง: {0}", "This can never hold: {0}"),
        new("F071", Warning, "เงื่อนไขนี้เป็นจริงเสมอ จึงไม่มีผล", "This always holds and has no effect"),
        new(
            "F072",
            Error,
            "“{0}” ไม่ใช่ชื่อข้อมูล ต้องเป็น แบบบันทึก.คำถาม เช่น infrastructure.road_length",
            "“{0}” does not name a fact; write form.question, like infrastructure.road_length"
        ),
        new(
            "F073",
            Error,
            "ทางไปยังคำตอบต้องระบุชื่อทุกขั้น ใช้ * ได้เฉพาะกับรายการตัวเลือก",
            "A path through answers names every step; * is for lists of choices"
        ),
    ];

    private static readonly Dictionary<string, FindingKind> byCode = All.ToDictionary(
        k => k.Code,
        StringComparer.Ordinal
    );

    public static FindingKind Get(string code) => byCode[code];
}

/// <summary>Collects findings of one file.</summary>
internal sealed class FindingList(string file)
{
    private readonly List<Finding> findings = [];

    /// <summary>Findings at most: a file that is wrong everywhere need not say it a million times.</summary>
    public const int Maximum = 500;

    public IReadOnlyList<Finding> All => findings;

    public bool HasErrors { get; private set; }

    public void Add(string code, string? sheet, int? row, string? column, params object[] arguments)
    {
        var kind = FindingCodes.Get(code);
        HasErrors |= kind.Severity == FindingSeverity.Error;
        if (findings.Count < Maximum)
        {
            findings.Add(new Finding(code, kind.Severity, file, sheet, row, column, kind.Message(arguments)));
        }
    }
}
