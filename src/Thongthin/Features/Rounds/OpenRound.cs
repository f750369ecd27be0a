using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>How large a round became.</summary>
internal sealed record OpenedRound(int Laos, int Submissions);

/// <summary>
/// Opens a draft: freezes the roster from the directory as it is on the opening day and makes every submission, not
/// started. Three statements whatever the size: the roster, the submissions (whose ids come with them as one array), and
/// the round's own row. A (LAO, form, fiscal year) that another round asks already is refused, naming that round.
/// </summary>
internal sealed class OpenRound(AppDb db)
{
    /// <exception cref="Refusal">
    /// not_allowed, round_not_found, round_is_open, round_cancelled, round_audience_empty, round_overlaps (with the title of the
    /// first round and the number of LAOs), catalogue_missing (with the catalogue's name).
    /// </exception>
    public async Task<OpenedRound> ExecuteAsync(Actor actor, Guid roundId, CancellationToken cancellationToken)
    {
        RoundRules.RequireDepartment(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var round = await LockDraftAsync(db, roundId, cancellationToken);
        await RefuseOverlapAsync(roundId, cancellationToken);
        var laos = await db.Database.ExecuteSqlRawAsync(
            $$"""
            insert into round_roster (round_id, lao_id, kind, code, name_th, name_en, abbreviation_th, report_order,
                district_id, district_th, district_en, district_order,
                province_id, province_th, province_en, province_order, supervising_unit_id)
            select {0}, a.* from ({{RoundAudienceSql.Query}}) a
            """,
            [roundId],
            cancellationToken
        );
        if (laos == 0)
        {
            throw new Refusal("round_audience_empty");
        }
        await FixCataloguesAsync(roundId, cancellationToken);
        var submissions = await AddSubmissionsAsync(round, laos, cancellationToken);
        var at = actor.At.ToUniversalTime();
        await db.Database.ExecuteSqlAsync(
            $"update round set opened_at = {at} where round_id = {roundId}",
            cancellationToken
        );
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_opened",
            $"round/{round.Slug}",
            null,
            new { laos, submissions },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new OpenedRound(laos, submissions);
    }

    /// <summary>The round under its row lock, when it is a draft.</summary>
    internal static async Task<Round> LockDraftAsync(AppDb db, Guid roundId, CancellationToken cancellationToken)
    {
        var rounds = await db.Set<Round>()
            .FromSql($"select * from round where round_id = {roundId} for update")
            .ToListAsync(cancellationToken);
        return rounds switch
        {
            [] => throw new Refusal("round_not_found"),
            [{ CancelledAt: not null }] => throw new Refusal("round_cancelled"),
            [{ OpenedAt: not null }] => throw new Refusal("round_is_open"),
            _ => rounds[0],
        };
    }

    /// <summary>Of round @round.</summary>
    internal const string FixCataloguesSql = """
        update round_form r set catalogue = e.catalogue, catalogue_edition = e.edition
        from form f
        join form_version v using (form_id)
        join catalogue_edition e on e.catalogue = coalesce(v.definition ->> 'catalogue', f.form_id)
        where r.round_id = @round and f.form_id = r.form_id and v.version = r.form_version and f.shape = 'catalogue'
          and not exists (
            select from catalogue_edition l where l.catalogue = e.catalogue and l.edition > e.edition)
        """;

    /// <summary>A form that is a catalogue keeps, with the roster, the edition of its list that is the newest now.</summary>
    private async Task FixCataloguesAsync(Guid roundId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlRawAsync(
            FixCataloguesSql,
            [new NpgsqlParameter("round", roundId)],
            cancellationToken
        );
        var missing = await db
            .Database.SqlQuery<string>(
                $"""
                select coalesce(v.definition ->> 'catalogue', f.form_id) as value
                from round_form r
                join form f using (form_id)
                join form_version v on v.form_id = r.form_id and v.version = r.form_version
                where r.round_id = {roundId} and f.shape = 'catalogue' and r.catalogue is null
                limit 1
                """
            )
            .ToListAsync(cancellationToken);
        if (missing is [var catalogue])
        {
            throw new Refusal("catalogue_missing", catalogue);
        }
    }

    private async Task RefuseOverlapAsync(Guid roundId, CancellationToken cancellationToken)
    {
        var first = await db
            .Database.SqlQueryRaw<Overlap>(
                $$"""
                select o.title_th, o.title_en, count(distinct s.lao_id)::int as laos
                from round r
                join round_form f using (round_id)
                join submission s on s.form_id = f.form_id and s.fiscal_year = r.fiscal_year
                join round o on o.round_id = s.round_id
                join ({{RoundAudienceSql.Query}}) a on a.lao_id = s.lao_id
                where r.round_id = {0}
                group by o.round_id, o.title_th, o.title_en, o.opened_at
                order by o.opened_at
                limit 1
                """,
                roundId
            )
            .ToListAsync(cancellationToken);
        if (first is [var overlap])
        {
            throw new Refusal("round_overlaps", overlap.TitleTh, overlap.Laos);
        }
    }

    private async Task<int> AddSubmissionsAsync(Round round, int laos, CancellationToken cancellationToken)
    {
        var forms = await db.Set<RoundForm>().CountAsync(f => f.RoundId == round.RoundId, cancellationToken);
        var ids = new Guid[laos * forms];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Guid.CreateVersion7();
        }
        try
        {
            return await InsertAsync(round, ids, cancellationToken);
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is { } refusal)
        {
            // another round over the same was opened after the overlap was looked for
            throw refusal;
        }
    }

    private Task<int> InsertAsync(Round round, Guid[] ids, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year)
            select x.lao_id, i.id, {round.RoundId}, x.form_id, x.form_version, {round.FiscalYear}
            from (
                select o.lao_id, f.form_id, f.form_version, row_number() over (order by o.lao_id, f.form_id) as n
                from round_roster o join round_form f using (round_id)
                where o.round_id = {round.RoundId}) x
            join unnest({ids}) with ordinality i (id, n) on i.n = x.n
            """,
            cancellationToken
        );

    private sealed record Overlap(string TitleTh, string TitleEn, int Laos);
}
