using System.Globalization;
using Npgsql;

namespace Thongthin.Bench;

/// <summary>
/// The board, the national table, the follow-up list and their like with all that five fiscal years hold: 7,850 LAOs × 30 topics × 5. First the
/// same with a tenth of the LAOs. The submissions are invented by one statement a year, past the triggers, and what is
/// kept is counted from them as the triggers would have.
/// </summary>
internal static class ScaleBench
{
    private const int Years = 5;
    private const int WarmUp = 15;

    public static async Task RunAsync(BenchSite site, int requests)
    {
        using var department = await BenchVisitor.SignInAsync(site.Address, "department");
        using var province = await BenchVisitor.SignInAsync(site.Address, "province.uttaradit");
        var tenth = await MeasureAsync(site, department, province, "tenth", 2600, 10, requests);
        var whole = await MeasureAsync(site, department, province, "whole", 2610, 1, requests);
        Console.WriteLine("| page | a tenth p50 ms | p95 ms | all p50 ms | p95 ms | all / a tenth, p50 |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (name, all) in whole)
        {
            var part = tenth[name];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {part.P50:0.0} | {part.P95:0.0} | {all.P50:0.0} | {all.P95:0.0} | {all.P50 / part.P50:0.00} |"
                )
            );
        }
    }

    private static async Task<Dictionary<string, Percentiles>> MeasureAsync(
        BenchSite site,
        BenchVisitor department,
        BenchVisitor province,
        string name,
        int firstYear,
        int oneOf,
        int requests
    )
    {
        for (var year = firstYear; year < firstYear + Years; year++)
        {
            await LoadAsync(site, $"{name}-{year}", year, oneOf);
            await Console.Error.WriteLineAsync($"{name}: fiscal year {year}");
        }
        await ExecuteAsync(site, "vacuum analyze");
        var last = (firstYear + Years - 1).ToString(CultureInfo.InvariantCulture);
        var round = $"/progress/{name}-{last}";
        PageCase[] cases =
        [
            new("yardstick", () => department.GetAsync("/yardstick")),
            new("board of the country, 30 topics", () => department.GetAsync("/board?year=" + last)),
            new("the same, in summary", () => department.GetAsync("/board?show=summary&year=" + last)),
            new("board of a province, 30 topics", () => province.GetAsync("/board?year=" + last)),
            new("national table", () => department.GetAsync(round)),
            new("national table of a topic", () => department.GetAsync(round + "?topic=scale-07")),
            new("map", () => department.GetAsync(round + "/map")),
            new("chart by day", () => department.GetAsync(round + "/chart")),
            new("follow-up list", () => department.GetAsync(round + "/units?state=not_done")),
            new("follow-up list of a topic", () => department.GetAsync(round + "/units?state=not_done&topic=scale-07")),
        ];
        await PageBench.TakeTurnsAsync(cases, WarmUp);
        return await PageBench.TakeTurnsAsync(cases, requests);
    }

    private static Task LoadAsync(BenchSite site, string slug, int year, int oneOf) =>
        ExecuteAsync(
            site,
            $"""
            begin;
            alter table submission disable trigger user;
            alter table round_roster disable trigger user;
            alter table round_form disable trigger user;
            insert into form (form_id, sector, shape, title_th, title_en, report_order)
            select 'scale-' || lpad(n::text, 2, '0'), 1 + n % 8, 'annual', 'หัวข้อขนาดใหญ่ ' || n, 'Large topic ' || n, n
            from generate_series(1, 30) n on conflict do nothing;
            insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
            select form_id, 1, 2500, '{"{}"}', '', '', now() from form where form_id like 'scale-%' on conflict do nothing;
            insert into round (round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means, opened_at, created_at)
            values (gen_random_uuid(), '{slug}', {year}, 'รอบ {slug}', 'Round {slug}', current_date - 60, current_date - 5, current_date + 30,
                'certified', now() - interval '60 days', now());
            insert into round_form (round_id, form_id, form_version)
            select r.round_id, f.form_id, 1 from round r, form f where r.slug = '{slug}' and f.form_id like 'scale-%';
            insert into round_roster
            select (jsonb_populate_record(o, jsonb_build_object('round_id', r.round_id))).*
            from round_roster o join round c using (round_id), round r
            where c.slug = 'info-current' and r.slug = '{slug}' and o.lao_id % {oneOf} = 0;
            insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year, state, state_changed_at, event_count)
            select o.lao_id, gen_random_uuid(), o.round_id, f.form_id, 1, {year}, s.state,
                case when s.state <> 'not_started' then now() - (s.draw * 50) * interval '1 day' end, 0
            from round_roster o join round r using (round_id) join round_form f using (round_id)
            cross join lateral (
                select d as draw, case when d < 0.2 then 'not_started' when d < 0.35 then 'in_progress' when d < 0.38 then 'returned'
                    when d < 0.5 then 'recorded' when d < 0.99 then 'certified' else 'exempt' end as state
                from (select random() + 0 * o.lao_id as d) x) s
            where r.slug = '{slug}' order by o.lao_id, f.form_id;
            insert into progress_count (round_id, form_id, province_id, district_id, kind, not_started, in_progress, recorded, certified, returned, exempt)
            select s.round_id, s.form_id, o.province_id, o.district_id, o.kind, count(*) filter (where state = 'not_started'),
                count(*) filter (where state = 'in_progress'), count(*) filter (where state = 'recorded'),
                count(*) filter (where state = 'certified'), count(*) filter (where state = 'returned'), count(*) filter (where state = 'exempt')
            from submission s join round_roster o using (round_id, lao_id) join round r using (round_id)
            where r.slug = '{slug}' group by 1, 2, 3, 4, 5;
            insert into round_unit (round_id, lao_id, asked, done, exempt, state, changed_at)
            select s.round_id, s.lao_id, count(*), count(*) filter (where state = 'certified'), count(*) filter (where state = 'exempt'),
                (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(s.state))], max(state_changed_at)
            from submission s join round r using (round_id) where r.slug = '{slug}' group by 1, 2;
            insert into progress_day (round_id, lao_id, form_id, day, done_delta, exempt_delta)
            select s.round_id, s.lao_id, s.form_id, bangkok_day(s.state_changed_at), (s.state = 'certified')::int, (s.state = 'exempt')::int
            from submission s join round r using (round_id) where r.slug = '{slug}' and s.state in ('certified', 'exempt');
            insert into progress_day (round_id, lao_id, form_id, day, done_delta, exempt_delta)
            select u.round_id, u.lao_id, null, current_date - (u.lao_id % 50), 1, 0
            from round_unit u join round r using (round_id) where r.slug = '{slug}' and u.lao_id % 2 = 0;
            alter table submission enable trigger user;
            alter table round_roster enable trigger user;
            alter table round_form enable trigger user;
            commit;
            """
        );

    private static async Task ExecuteAsync(BenchSite site, string sql)
    {
        await using var connection = new NpgsqlConnection(site.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
