using System.Net.Mail;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>Something to correct in the file: where, and what in the reader's language.</summary>
internal sealed record SheetFinding(int? Line, string Message);

/// <summary>A person of the file, understood.</summary>
internal sealed record SheetPerson(int Line, InvitationRequest Request, string Unit);

/// <summary>What a file of invitations says: people, or what must be corrected first.</summary>
internal sealed record SheetResult(IReadOnlyList<SheetPerson> People, IReadOnlyList<SheetFinding> Findings);

/// <summary>
/// Reads invitations from the rows of a spreadsheet. Columns are found by their names, Thai or English, in any order; every row
/// is checked, so that all corrections are known at once.
/// </summary>
internal sealed class InvitationSheet(Texts texts, IReadOnlyList<UnitChoice> units)
{
    private static readonly Dictionary<string, string[]> ColumnNames = new(StringComparer.Ordinal)
    {
        ["unit"] = ["unit", "หน่วยงาน", "รหัสหน่วยงาน", "รหัส อปท.", "อปท."],
        ["role"] = ["role", "บทบาท"],
        ["name"] = ["name", "ชื่อ–นามสกุล", "ชื่อ-นามสกุล", "ชื่อ นามสกุล", "ชื่อ"],
        ["position"] = ["position", "ตำแหน่ง"],
        ["email"] = ["email", "e-mail", "อีเมล"],
    };

    private static readonly Dictionary<string, Role> RoleNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["recorder"] = Role.Recorder,
        ["ผู้บันทึก"] = Role.Recorder,
        ["certifier"] = Role.Certifier,
        ["ผู้รับรอง"] = Role.Certifier,
        ["officer"] = Role.Officer,
        ["เจ้าหน้าที่ผู้ตรวจสอบ"] = Role.Officer,
        ["administrator"] = Role.Administrator,
        ["ผู้ดูแลระบบ"] = Role.Administrator,
        ["viewer"] = Role.Viewer,
        ["ผู้ดูข้อมูล"] = Role.Viewer,
    };

    private readonly ILookup<string, UnitChoice> _byName = units
        .SelectMany(
            unit => new[] { unit.Code, unit.Thai, unit.NameTh }.OfType<string>().Distinct(),
            (unit, name) => (name, unit)
        )
        .ToLookup(pair => pair.name, pair => pair.unit, StringComparer.Ordinal);

    private readonly List<SheetFinding> _findings = [];

    public SheetResult Read(TableReading reading)
    {
        if (reading.Fault is { } fault)
        {
            return new SheetResult([], [new SheetFinding(fault.Line, texts["table." + fault.Code, fault.Detail])]);
        }
        var columns = Columns(reading.Rows[0]);
        if (_findings.Count == 0 && reading.Rows.Count < 2)
        {
            return new SheetResult([], [new SheetFinding(null, texts["accounts.many.no_rows"])]);
        }
        var people =
            _findings.Count > 0
                ? []
                : reading.Rows.Skip(1).Select(row => Person(row, columns)).OfType<SheetPerson>().ToList();
        FindRepeated(people);
        return new SheetResult(_findings.Count > 0 ? [] : people, _findings);
    }

    private Dictionary<string, int> Columns(TableRow header)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, cell) in header.Cells.Index())
        {
            foreach (var (name, spellings) in ColumnNames)
            {
                if (spellings.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase))
                {
                    columns.TryAdd(name, index);
                }
            }
        }
        foreach (var missing in new[] { "unit", "role", "name" }.Where(name => !columns.ContainsKey(name)))
        {
            _findings.Add(
                new SheetFinding(
                    header.Line,
                    texts["accounts.many.no_column", string.Join(" / ", ColumnNames[missing].Take(2))]
                )
            );
        }
        return columns;
    }

    private SheetPerson? Person(TableRow row, Dictionary<string, int> columns)
    {
        var before = _findings.Count;
        var unit = Unit(row.Line, Cell("unit"));
        var role = RoleOf(row.Line, Cell("role"), unit);
        var name = Cell("name");
        if (name.Length is 0 or > 200)
        {
            Add(row.Line, "accounts.many.name_missing");
        }
        var email = Cell("email");
        if (email.Length > 0 && !MailAddress.TryCreate(email, out _))
        {
            Add(row.Line, "accounts.many.email_invalid", email);
        }
        return _findings.Count > before
            ? null
            : new SheetPerson(
                row.Line,
                new InvitationRequest(
                    unit!.UnitId,
                    role!.Value,
                    name,
                    Cell("position"),
                    email.Length > 0 ? email : null
                ),
                unit.WithPlace
            );

        string Cell(string column) => columns.TryGetValue(column, out var index) ? row[index].Trim() : "";
    }

    private UnitChoice? Unit(int line, string text)
    {
        // A spreadsheet that takes the code for a number drops its leading zero.
        var name = text.Length == 7 && text.All(char.IsAsciiDigit) ? "0" + text : text;
        var found = _byName[name].ToList();
        if (found.Count != 1)
        {
            Add(line, found.Count == 0 ? "accounts.many.unit_unknown" : "accounts.many.unit_several", text);
        }
        return found.Count == 1 ? found[0] : null;
    }

    private Role? RoleOf(int line, string text, UnitChoice? unit)
    {
        if (!RoleNames.TryGetValue(text, out var role))
        {
            Add(line, "accounts.many.role_unknown", text);
            return null;
        }
        if (unit is not null && !UnitLabel.RolesAt(unit.Level).Contains(role))
        {
            Add(line, "accounts.many.role_not_at_unit", texts["role." + role]);
        }
        return role;
    }

    private void FindRepeated(List<SheetPerson> people)
    {
        foreach (
            var same in people.GroupBy(person =>
                (person.Request.UnitId, person.Request.Role, person.Request.DisplayName)
            )
        )
        {
            foreach (var repeated in same.Skip(1))
            {
                Add(repeated.Line, "accounts.many.repeated", same.First().Line);
            }
        }
    }

    private void Add(int line, string key, params object?[] arguments) =>
        _findings.Add(new SheetFinding(line, texts[key, arguments]));
}
