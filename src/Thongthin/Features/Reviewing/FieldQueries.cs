using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Reviewing;

/// <summary>Reads questions; the database shows those in scope.</summary>
internal sealed class FieldQueries(AppDb db)
{
    private const int MostWaiting = 20;

    /// <summary>Open ones first, each side by the time it was asked; with all messages.</summary>
    public async Task<IReadOnlyList<FieldQueryRow>> ListAsync(SubmissionKey key, CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQuery<Stored>(
                $"""
                select field_query_id, sheet_id, path, label, waits_for, asked_at, closed_at, closed_by_name
                from field_query where lao_id = {key.LaoId} and submission_id = {key.SubmissionId}
                order by closed_at is not null, asked_at, field_query_id
                """
            )
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }
        var messages = await db
            .Database.SqlQuery<QueryMessageRow>(
                $"""
                select m.field_query_id, m.number, m.at, m.user_name, m.unit_name, m.from_lao, m.text
                from field_query_message m join field_query q using (lao_id, field_query_id)
                where q.lao_id = {key.LaoId} and q.submission_id = {key.SubmissionId}
                order by m.number
                """
            )
            .ToListAsync(cancellationToken);
        var said = messages.ToLookup(message => message.FieldQueryId);
        return
        [
            .. rows.Select(row => new FieldQueryRow(
                row.FieldQueryId,
                row.SheetId,
                row.Path,
                row.Label,
                row.WaitsFor,
                row.AskedAt,
                row.ClosedAt,
                row.ClosedByName,
                [.. said[row.FieldQueryId]]
            )),
        ];
    }

    /// <summary>How many are open, and how many of them wait for that side.</summary>
    public async Task<(int Open, int Waiting)> CountAsync(
        SubmissionKey key,
        string side,
        CancellationToken cancellationToken
    )
    {
        var counts = await db
            .Database.SqlQuery<Counted>(
                $"""
                select count(*)::int as open, (count(*) filter (where waits_for = {side}))::int as waiting
                from field_query
                where lao_id = {key.LaoId} and submission_id = {key.SubmissionId} and closed_at is null
                """
            )
            .ToListAsync(cancellationToken);
        return (counts[0].Open, counts[0].Waiting);
    }

    /// <summary>Submissions in scope with questions that wait for that side, the longest first.</summary>
    public async Task<IReadOnlyList<WaitingQueryRow>> ListWaitingAsync(
        string side,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<WaitingQueryRow>(
                $"""
                select s.lao_id, s.form_id, s.fiscal_year, f.title_th, f.title_en, o.kind, o.abbreviation_th, o.name_en,
                    q.queries, q.since
                from (
                    select lao_id, submission_id, count(*)::int as queries, min(asked_at) as since
                    from field_query where closed_at is null and waits_for = {side}
                    group by lao_id, submission_id
                    order by min(asked_at), submission_id limit {MostWaiting}) q
                join submission s using (lao_id, submission_id)
                join form f using (form_id)
                join round_roster o using (round_id, lao_id)
                order by q.since, s.submission_id
                """
            )
            .ToListAsync(cancellationToken);

    private sealed record Stored(
        Guid FieldQueryId,
        Guid? SheetId,
        string Path,
        string Label,
        string WaitsFor,
        DateTimeOffset AskedAt,
        DateTimeOffset? ClosedAt,
        string? ClosedByName
    );

    private sealed record Counted(int Open, int Waiting);
}
