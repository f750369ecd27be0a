using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Thongthin.Features.Demonstration;

/// <summary>An account that a visitor of the demonstration may use.</summary>
internal sealed record DemonstrationAccount(string UserName, string DescriptionTh, string DescriptionEn);

/// <summary>Who did something in an invented history; <paramref name="UserId"/> is null where no account was made.</summary>
internal sealed record DemonstrationPerson(Guid? UserId, string Name, int UnitId, string UnitName, string Position);

/// <summary>
/// Invented people: a recorder, a certifier and an administrator for each LAO of อุตรดิตถ์, officers of its districts,
/// of every province and of the Department. Elsewhere histories carry a name without an account.
/// </summary>
internal sealed class DemonstrationPeople
{
    private static readonly string[] FirstNames =
    [
        "สมศรี",
        "มานะ",
        "ปิติ",
        "ชูใจ",
        "วีระ",
        "มานี",
        "สุดา",
        "ประเสริฐ",
        "อรุณ",
        "จันทร์เพ็ญ",
        "บุญมี",
        "ทองดี",
        "ลำดวน",
        "กมล",
        "วิไล",
        "สมชาย",
        "นงนุช",
        "ธงชัย",
        "รัตนา",
        "พิมพ์ใจ",
    ];

    // surnames that nobody bears: they say what these people are
    private static readonly string[] Surnames =
    [
        "ตัวอย่างดี",
        "สาธิตกุล",
        "สมมุติวงศ์",
        "จำลองสุข",
        "ทดลองเจริญ",
        "แบบอย่างไทย",
        "สมมุติพันธ์",
        "สาธิตชัย",
        "ตัวอย่างงาม",
        "จำลองศรี",
    ];

    private readonly Dictionary<(int UnitId, string Role), DemonstrationPerson> _known = [];
    private readonly DemonstrationUnits _units;
    private readonly Dictionary<int, DemonstrationOffice> _offices;

    private DemonstrationPeople(DemonstrationUnits units)
    {
        _units = units;
        _offices = units.Provinces.Concat(units.Districts).ToDictionary(o => o.UnitId);
    }

    /// <summary>The accounts that the start of the demonstration prints; all share its password.</summary>
    public static IReadOnlyList<DemonstrationAccount> Accounts { get; } =
    [
        new(
            "recorder.saento",
            "ผู้บันทึก อบต.แสนตอ (อ.น้ำปาด จ.อุตรดิตถ์)",
            "recorder of Saen To SAO (Nam Pat, Uttaradit)"
        ),
        new("certifier.saento", "ผู้รับรอง (นายก อบต.แสนตอ)", "certifier of Saen To SAO"),
        new("administrator.saento", "ผู้ดูแลระบบ อบต.แสนตอ", "administrator of Saen To SAO"),
        new("recorder.namphai", "ผู้บันทึก อบต.น้ำไผ่ (อ.น้ำปาด)", "recorder of Nam Phai SAO (Nam Pat)"),
        new("certifier.namphai", "ผู้รับรอง (นายก อบต.น้ำไผ่)", "certifier of Nam Phai SAO"),
        new("district.nampat", "เจ้าหน้าที่ สถ.อำเภอน้ำปาด", "district officer of Nam Pat"),
        new("province.uttaradit", "เจ้าหน้าที่ สถจ.อุตรดิตถ์", "province officer of Uttaradit"),
        new("administrator.uttaradit", "ผู้ดูแลระบบ สถจ.อุตรดิตถ์", "province administrator of Uttaradit"),
        new("department", "เจ้าหน้าที่กรม", "officer of the Department"),
        new("administrator", "ผู้ดูแลระบบของกรม", "administrator of the Department"),
        new("viewer", "ผู้ดูข้อมูลของกรม", "viewer of the Department"),
        new("both.offices", "เจ้าหน้าที่ สถ.อำเภอน้ำปาด และ สถจ.อุตรดิตถ์", "one person in two offices"),
    ];

    public DemonstrationPerson Who(DemonstrationLao lao, string role)
    {
        var unit = role == "officer" ? lao.SupervisingId : lao.UnitId;
        if (_known.TryGetValue((unit, role), out var known))
        {
            return known;
        }
        var unitName = role == "officer" ? OfficeName(_offices[unit]) : lao.Abbreviation;
        return new DemonstrationPerson(null, Name(unit, role), unit, unitName, Position(role, lao.Kind, lao.NameTh));
    }

    public static async Task<DemonstrationPeople> LoadAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        string password,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var people = new DemonstrationPeople(units);
        var accounts = people.Invent().ToList();
        // one password, hashed once: 300 deliberate delays would only delay the first page
        var hash = new PasswordHasher<object>().HashPassword(new object(), password);
        await WriteUsersAsync(connection, accounts, hash, clock, cancellationToken);
        await WriteMembershipsAsync(connection, accounts, clock, cancellationToken);
        return people;
    }

    private sealed record Account(Guid UserId, string UserName, DemonstrationPerson Person, string Role, Guid? GroupId);

    private IEnumerable<Account> Invent()
    {
        var uttaradit = _units.Province("อุตรดิตถ์");
        var namPat = _units.Districts.Single(d => d.NameTh == "น้ำปาด" && d.ProvinceId == uttaradit.UnitId);
        foreach (var lao in _units.Laos.Where(l => l.ProvinceId == uttaradit.UnitId))
        {
            var suffix = (lao.DistrictId == namPat.UnitId, lao.Kind, lao.NameTh) switch
            {
                (true, "sao", "แสนตอ") => "saento",
                (true, "sao", "น้ำไผ่") => "namphai",
                _ => lao.Code,
            };
            foreach (var role in (string[])["recorder", "certifier", "administrator"])
            {
                yield return Make(
                    $"{role}.{suffix}",
                    lao.UnitId,
                    lao.Abbreviation,
                    role,
                    Position(role, lao.Kind, lao.NameTh)
                );
            }
        }
        foreach (var district in _units.Districts.Where(d => d.ProvinceId == uttaradit.UnitId))
        {
            var name = district == namPat ? "nampat" : district.Code;
            yield return Make($"district.{name}", district, "officer");
        }
        foreach (var province in _units.Provinces)
        {
            var name = province == uttaradit ? "uttaradit" : province.Code;
            yield return Make($"province.{name}", province, "officer");
        }
        yield return Make("administrator.uttaradit", uttaradit, "administrator");
        yield return Make("department", _units.Department, "officer");
        yield return Make("administrator", _units.Department, "administrator");
        yield return Make("viewer", _units.Department, "viewer");
        var both = Make("both.offices", uttaradit, "officer", remember: false);
        yield return both;
        yield return both with
        {
            Person = both.Person with { UnitId = namPat.UnitId },
            GroupId = _units.GroupOfOffice[namPat.UnitId],
        };
    }

    private Account Make(string userName, DemonstrationOffice office, string role, bool remember = true) =>
        Make(
            userName,
            office.UnitId,
            OfficeName(office),
            role,
            role == "officer" ? "เจ้าหน้าที่ผู้ตรวจสอบ" : "เจ้าหน้าที่",
            remember
        ) with
        {
            GroupId = _units.GroupOfOffice[office.UnitId],
        };

    private Account Make(
        string userName,
        int unitId,
        string unitName,
        string role,
        string position,
        bool remember = true
    )
    {
        var person = new DemonstrationPerson(
            Guid.CreateVersion7(),
            Name(unitId, role + userName),
            unitId,
            unitName,
            position
        );
        if (remember)
        {
            _known[(unitId, role)] = person;
        }
        return new Account(person.UserId!.Value, userName, person, role, null);
    }

    private static string Name(int unitId, string role) =>
        $"{Chance.OneOf(FirstNames, "first", unitId, role)} {Chance.OneOf(Surnames, "last", unitId, role)}";

    private static string OfficeName(DemonstrationOffice office) =>
        office.Kind switch
        {
            "department" => office.NameTh,
            "province" => "สถจ." + office.NameTh,
            _ => "สถ.อำเภอ" + office.NameTh,
        };

    private static string Position(string role, string kind, string name) =>
        role switch
        {
            "certifier" => kind switch
            {
                "pao" => "นายกองค์การบริหารส่วนจังหวัด" + name,
                "sao" => "นายกองค์การบริหารส่วนตำบล" + name,
                "city_municipality" => "นายกเทศมนตรีนคร" + name,
                "town_municipality" => "นายกเทศมนตรีเมือง" + name,
                _ => "นายกเทศมนตรีตำบล" + name,
            },
            "recorder" => "นักวิเคราะห์นโยบายและแผน",
            "officer" => "เจ้าหน้าที่ผู้ตรวจสอบ",
            _ => "หัวหน้าสำนักปลัด",
        };

    private static async Task WriteUsersAsync(
        NpgsqlConnection connection,
        IEnumerable<Account> accounts,
        string hash,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy app_user (id, user_name, normalized_user_name, password_hash, security_stamp, concurrency_stamp, display_name,
                position, created_at) from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var a in accounts.DistinctBy(a => a.UserId))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(a.UserId, NpgsqlDbType.Uuid, cancellationToken);
            var stamp = Guid.CreateVersion7().ToString("N");
            foreach (
                var text in (string[])
                    [a.UserName, a.UserName.ToUpperInvariant(), hash, stamp, stamp, a.Person.Name, a.Person.Position]
            )
            {
                await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            }
            await copy.WriteAsync(clock.GetUtcNow(), NpgsqlDbType.TimestampTz, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteMembershipsAsync(
        NpgsqlConnection connection,
        IEnumerable<Account> accounts,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy membership (membership_id, user_id, unit_id, unit_group_id, role, position, valid_from, created_at)
                from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var a in accounts)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(a.UserId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(a.Person.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteNullableAsync(a.GroupId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(a.Role, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(a.Person.Position, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(DemonstrationUnits.Since, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(clock.GetUtcNow(), NpgsqlDbType.TimestampTz, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }
}
