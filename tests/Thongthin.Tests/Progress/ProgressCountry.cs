using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>An LAO of the small country, by the names of its places.</summary>
internal sealed record LaoSpec(string Province, string District, string Kind, string Name, string? Supervisor = null);

/// <summary>An invented LAO with the ids it was given.</summary>
internal sealed record Lao(
    int LaoId,
    string Kind,
    string Abbreviation,
    int DistrictId,
    int ProvinceId,
    int SupervisingUnitId
);

/// <summary>One submission of a round, by its key.</summary>
internal sealed record Asked(int LaoId, Guid SubmissionId, string FormId);

/// <summary>One row for submission_event.</summary>
internal sealed record Event(
    Asked Submission,
    int Number,
    DateTimeOffset At,
    string Action,
    string From,
    string To,
    string Reason = ""
);

/// <summary>
/// A small invented country in a database of its own, written by the owner: department, provinces, districts, LAOs with
/// their supervision, forms and opened rounds. Report order is the order in which the LAOs are listed.
/// </summary>
internal sealed class ProgressCountry
{
    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["pao"] = "อบจ.",
        ["city_municipality"] = "ทน.",
        ["town_municipality"] = "ทม.",
        ["subdistrict_municipality"] = "ทต.",
        ["sao"] = "อบต.",
    };

    private readonly Dictionary<string, int> _units = new(StringComparer.Ordinal);
    private readonly List<Lao> _laos = [];

    private ProgressCountry(TestDatabase database, NpgsqlDataSource owner) => (Database, Owner) = (database, owner);

    public TestDatabase Database { get; }

    public NpgsqlDataSource Owner { get; }

    public IReadOnlyList<Lao> Laos => _laos;

    public int DepartmentId => _units["กรม"];

    public int Unit(string name) => _units[name];

    public static async Task<ProgressCountry> CreateAsync(params IEnumerable<LaoSpec> laos)
    {
        var database = await TestServer.CreateDatabaseAsync();
        var country = new ProgressCountry(database, NpgsqlDataSource.Create(database.OwnerConnectionString));
        await country.AddUnitAsync("กรม", "department", "กรมส่งเสริมการปกครองท้องถิ่น", null, null, "", 0);
        foreach (var lao in laos)
        {
            await country.AddLaoAsync(lao);
        }
        return country;
    }

    /// <summary>Two provinces of three districts, all kinds, 20 LAOs; one province's own and one supervised from outside its district.</summary>
    public static Task<ProgressCountry> CreateSmallAsync() =>
        CreateAsync(
            from province in new[] { "สมมติ", "ทดลอง" }
            from district in new[] { "เมือง", "เหนือ", "ใต้" }
            from lao in district == "เมือง"
                ? new[] { ("pao", "ก"), ("town_municipality", "ข"), ("subdistrict_municipality", "ค"), ("sao", "ง") }
                : [("subdistrict_municipality", "จ"), ("sao", "ฉ"), ("sao", "ช")]
            select new LaoSpec(province, district + province, lao.Item1, lao.Item2 + district)
        );

    public async Task<Guid> AddRoundAsync(
        string slug,
        string doneMeans,
        int fiscalYear,
        params IReadOnlyList<string> forms
    )
    {
        var roundId = Guid.CreateVersion7();
        foreach (var form in forms)
        {
            await ExecuteAsync(
                """
                insert into form (form_id, sector, shape, title_th, title_en) values ($1, 4 + length($1) % 3, 'annual', 'หัวข้อ ' || $1, 'Topic ' || $1)
                on conflict do nothing
                """,
                form
            );
            await ExecuteAsync(
                "insert into form_version values ($1, 1, 2560, '{}', '', '\\x00', now()) on conflict do nothing",
                form
            );
        }
        await ExecuteAsync(
            """
            insert into round (round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means, created_at)
            values ($1, $2, $3, 'รอบ ' || $2, 'Round ' || $2, '2020-05-01', '2020-06-30', '2020-12-31', $4, '2020-05-01')
            """,
            roundId,
            slug,
            fiscalYear,
            doneMeans
        );
        foreach (var form in forms)
        {
            await ExecuteAsync("insert into round_form values ($1, $2, 1)", roundId, form);
        }
        await ExecuteAsync(
            """
            insert into round_roster
            select $1, v.unit_id, v.kind, v.code, v.name_th, v.name_en, v.abbreviation_th, v.report_order,
                d.unit_id, d.name_th, d.name_en, d.report_order, p.unit_id, p.name_th, p.name_en, p.report_order, s.supervising_unit_id
            from unit_version v
            join unit_version d on d.unit_id = v.district_id
            join unit_version p on p.unit_id = v.province_id
            join supervision s on s.lao_id = v.unit_id
            """,
            roundId
        );
        await ExecuteAsync("update round set opened_at = '2020-05-01' where round_id = $1", roundId);
        await ExecuteAsync(
            """
            insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year)
            select o.lao_id, gen_random_uuid(), o.round_id, f.form_id, 1, $2
            from round_roster o join round_form f using (round_id) where o.round_id = $1
            """,
            roundId,
            fiscalYear
        );
        return roundId;
    }

    public Task<List<Asked>> SubmissionsAsync(Guid roundId) =>
        QueryAsync(
            "select lao_id, submission_id, form_id from submission where round_id = $1 order by lao_id, form_id",
            r => new Asked(r.GetInt32(0), r.GetGuid(1), r.GetString(2)),
            roundId
        );

    /// <summary>All the events in one statement.</summary>
    public async Task AddEventsAsync(IReadOnlyList<Event> events)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await InsertAsync(connection, events);
    }

    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<Event> events)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason)
            select l, s, n, gen_random_uuid(), t, a, f, o, 'สมหมาย ทดสอบ', 'recorder', '', r
            from unnest($1::int[], $2::uuid[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
                e (l, s, n, t, a, f, o, r)
            """,
            connection
        );
        command.Parameters.Add(new() { Value = events.Select(e => e.Submission.LaoId).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => e.Submission.SubmissionId).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => e.Number).ToArray() });
        command.Parameters.Add(
            new()
            {
                Value = events.Select(e => e.At.ToUniversalTime()).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            }
        );
        command.Parameters.Add(new() { Value = events.Select(e => e.Action).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => e.From).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => e.To).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => e.Reason).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All the events by COPY, as bulk loads write them.</summary>
    public async Task CopyEventsAsync(IReadOnlyList<Event> events)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await using var writer = await connection.BeginBinaryImportAsync(
            """
            copy submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason) from stdin (format binary)
            """
        );
        foreach (var e in events)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(e.Submission.LaoId);
            await writer.WriteAsync(e.Submission.SubmissionId);
            await writer.WriteAsync(e.Number);
            await writer.WriteAsync(Guid.CreateVersion7());
            await writer.WriteAsync(e.At.ToUniversalTime(), NpgsqlDbType.TimestampTz);
            foreach (var text in new[] { e.Action, e.From, e.To, "สมหมาย ทดสอบ", "recorder", "", e.Reason })
            {
                await writer.WriteAsync(text);
            }
        }
        await writer.CompleteAsync();
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Owner.CreateCommand(sql);
        Array.ForEach(values, value => command.Parameters.Add(new() { Value = value }));
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values)
    {
        await using var command = Owner.CreateCommand(sql);
        Array.ForEach(values, value => command.Parameters.Add(new() { Value = value }));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }
        return rows;
    }

    /// <summary>What verify_progress finds, one line each.</summary>
    public Task<List<string>> VerifyAsync() =>
        QueryAsync(
            "select concat_ws(' ', what, round_slug, key, kept, '<>', recounted) from verify_progress()",
            r => r.GetString(0)
        );

    private async Task AddLaoAsync(LaoSpec spec)
    {
        var province = await PlaceAsync(spec.Province, "province", null);
        var district = await PlaceAsync(spec.District, "district", province);
        var abbreviation = Abbreviations[spec.Kind] + spec.Name;
        var lao = await AddUnitAsync(
            spec.Province + spec.District + abbreviation,
            spec.Kind,
            spec.Name,
            province,
            district,
            abbreviation,
            _laos.Count + 1
        );
        var supervisor =
            spec.Supervisor is { } named ? Unit(named)
            : spec.Kind is "subdistrict_municipality" or "sao" ? district
            : province;
        await ExecuteAsync("insert into supervision values (gen_random_uuid(), $1, $2, '2010-01-01')", lao, supervisor);
        _laos.Add(new Lao(lao, spec.Kind, abbreviation, district, province, supervisor));
    }

    private async Task<int> PlaceAsync(string name, string kind, int? province) =>
        _units.TryGetValue(name, out var id)
            ? id
            : await AddUnitAsync(name, kind, name, province, null, "", _units.Count + 1);

    private async Task<int> AddUnitAsync(
        string key,
        string kind,
        string name,
        int? province,
        int? district,
        string abbreviation,
        int order
    )
    {
        var id = (
            await QueryAsync(
                "insert into unit (created_on) values ('2010-01-01') returning unit_id",
                r => r.GetInt32(0)
            )
        ).Single();
        await ExecuteAsync(
            """
            insert into unit_version (unit_version_id, unit_id, valid_from, kind, name_th, name_en, abbreviation_th, code,
                province_id, district_id, report_order)
            values (gen_random_uuid(), $1, '2010-01-01', $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            id,
            kind,
            name,
            kind is "province" or "district" ? "Place " + id.ToString(CultureInfo.InvariantCulture) : "",
            abbreviation,
            CodeOf(kind, id),
            (object?)province ?? DBNull.Value,
            (object?)district ?? DBNull.Value,
            order
        );
        _units[key] = id;
        return id;
    }

    private static string CodeOf(string kind, int id) =>
        id.ToString(
            kind switch
            {
                "province" => "00",
                "district" => "0000",
                _ => "00000000",
            },
            CultureInfo.InvariantCulture
        );
}
