using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Demonstration;

/// <summary>Writes a round, its roster, its submissions and then their transitions, the way an opened round has them.</summary>
internal static class DemonstrationRounds
{
    private const string Uttaradit = "อุตรดิตถ์";

    public static async Task<IReadOnlyList<DemonstrationSubmission>> LoadAsync(
        NpgsqlConnection connection,
        DemonstrationRound round,
        DemonstrationForms forms,
        DemonstrationUnits units,
        DemonstrationScale scale,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await WriteRoundAsync(connection, round, forms, units, cancellationToken);
        var done = DoneOnReportedDay(round, units);
        var today = BangkokTime.Day(clock.GetUtcNow());
        var submissions = round
            .Forms.SelectMany(form =>
                units
                    .Laos.Where(round.Asks)
                    .Select(lao =>
                        Story(round, lao)
                            ? new DemonstrationSubmission(lao, form, Guid.CreateVersion7(), false, [])
                            : DemonstrationHistory.Of(
                                round,
                                lao,
                                form,
                                scale.AreCarried(lao, forms[form]),
                                scale.AreNil(lao, forms[form]),
                                done?.Contains(lao.UnitId),
                                today
                            )
                    )
            )
            .ToList();
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year) from stdin (format binary)",
            cancellationToken
        );
        foreach (var s in submissions)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(s.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(s.SubmissionId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(round.RoundId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(s.FormId, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(1, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(round.FiscalYear, NpgsqlDbType.Integer, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
        return submissions;
    }

    public static async Task LoadEventsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DemonstrationSubmission> submissions,
        DemonstrationPeople people,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_id, user_name, role, unit_id, unit_name, reason) from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var s in submissions)
        {
            for (var i = 0; i < s.Events.Count; i++)
            {
                var e = s.Events[i];
                var who = people.Who(s.Lao, e.Role);
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(s.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(s.SubmissionId, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(i + 1, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(Guid.CreateVersion7(e.At), NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(e.At, NpgsqlDbType.TimestampTz, cancellationToken);
                await copy.WriteAsync(e.Action, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(e.From, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(e.To, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteNullableAsync(who.UserId, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(who.Name, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(e.Role, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(who.UnitId, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(who.UnitName, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(e.Reason, NpgsqlDbType.Text, cancellationToken);
            }
        }
        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The LAOs with which a visitor walks through the open round: nothing is recorded there yet.</summary>
    private static bool Story(DemonstrationRound round, DemonstrationLao lao) =>
        round.Slug.EndsWith("-current", StringComparison.Ordinal)
        && lao.ProvinceTh == Uttaradit
        && lao.DistrictTh == "น้ำปาด";

    /// <summary>
    /// Exactly as many LAOs per province as the printed national table counts, in อุตรดิตถ์ exactly those of the
    /// printed provincial table.
    /// </summary>
    private static HashSet<int>? DoneOnReportedDay(DemonstrationRound round, DemonstrationUnits units)
    {
        if (round.ReportedOn is null)
        {
            return null;
        }
        var counts = DemonstrationData
            .Rows(
                "data/progress-2563-06-11-national.csv",
                r => (Province: r("province_th"), Recorded: int.Parse(r("recorded"), CultureInfo.InvariantCulture))
            )
            .ToDictionary(r => r.Province, r => r.Recorded);
        var printed = DemonstrationData
            .Rows(
                "data/progress-2563-06-11-uttaradit.csv",
                r =>
                    (
                        District: r("district_th"),
                        Lao: r("lao_abbrev") + r("lao_name_th"),
                        Recorded: bool.Parse(r("recorded"))
                    )
            )
            .Where(r => r.Recorded)
            .Select(r => (r.District, r.Lao))
            .ToHashSet();
        return units
            .Laos.GroupBy(l => l.ProvinceTh)
            .SelectMany(g =>
                g.Key == Uttaradit
                    ? g.Where(l => printed.Contains((l.DistrictTh, l.Abbreviation)))
                    : g.OrderBy(l => Chance.Of("reported", l.Code)).Take(counts[g.Key])
            )
            .Select(l => l.UnitId)
            .ToHashSet();
    }

    private static async Task WriteRoundAsync(
        NpgsqlConnection connection,
        DemonstrationRound round,
        DemonstrationForms forms,
        DemonstrationUnits units,
        CancellationToken cancellationToken
    )
    {
        var opened = new DateTimeOffset(
            round.OpensOn.ToDateTime(new TimeOnly(8, 30)),
            TimeSpan.FromHours(7)
        ).ToUniversalTime();
        await using var insert = new NpgsqlCommand(
            """
            insert into round (round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means,
                unit_group_id, contact, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'กลุ่มงานส่งเสริมและพัฒนาท้องถิ่น โทร. 0 2000 0000 (เลขหมายสมมุติ)', $11)
            """,
            connection
        );
        foreach (
            var value in (object[])
                [
                    round.RoundId,
                    round.Slug,
                    round.FiscalYear,
                    round.TitleTh,
                    round.TitleEn,
                    round.OpensOn,
                    round.Deadline,
                    round.ClosesOn,
                    round.DoneMeans,
                    units.GroupOfOffice[units.Department.UnitId],
                    opened,
                ]
        )
        {
            insert.Parameters.Add(new() { Value = value });
        }
        await insert.ExecuteNonQueryAsync(cancellationToken);
        foreach (var form in round.Forms)
        {
            await using var add = new NpgsqlCommand(
                "insert into round_form (round_id, form_id, form_version) values ($1, $2, $3)",
                connection
            )
            {
                Parameters =
                {
                    new() { Value = round.RoundId },
                    new() { Value = form },
                    new() { Value = 1 },
                },
            };
            await add.ExecuteNonQueryAsync(cancellationToken);
        }
        await DemonstrationCatalogue.FixAsync(connection, round.RoundId, cancellationToken);
        await using var open = new NpgsqlCommand(
            """
            insert into round_audience (round_id, part, kind, unit_id)
            select $1, 'kind', unnest(array['pao', 'city_municipality', 'town_municipality', 'subdistrict_municipality', 'sao']),
                null::int
            union all
            select $1, 'province', null, unit_id from unit_version where kind = 'province' and name_th = $2
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = round.RoundId },
                new() { Value = round.Province ?? "" },
            },
        };
        await open.ExecuteNonQueryAsync(cancellationToken);
        await WriteRosterAsync(connection, round, opened, cancellationToken);
    }

    private static async Task WriteRosterAsync(
        NpgsqlConnection connection,
        DemonstrationRound round,
        DateTimeOffset opened,
        CancellationToken cancellationToken
    )
    {
        await using var roster = new NpgsqlCommand(
            """
            insert into round_roster
            select $1, v.unit_id, v.kind, v.code, v.name_th, v.name_en, v.abbreviation_th, v.report_order,
                d.unit_id, d.name_th, d.name_en, d.report_order, p.unit_id, p.name_th, p.name_en, p.report_order,
                s.supervising_unit_id
            from unit_version v
            join unit_version d on d.unit_id = v.district_id
            join unit_version p on p.unit_id = v.province_id
            join supervision s on s.lao_id = v.unit_id
            where $2 in ('', p.name_th)
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = round.RoundId },
                new() { Value = round.Province ?? "" },
            },
        };
        await roster.ExecuteNonQueryAsync(cancellationToken);
        await using var open = new NpgsqlCommand("update round set opened_at = $2 where round_id = $1", connection)
        {
            Parameters =
            {
                new() { Value = round.RoundId },
                new() { Value = opened },
            },
        };
        await open.ExecuteNonQueryAsync(cancellationToken);
    }
}
