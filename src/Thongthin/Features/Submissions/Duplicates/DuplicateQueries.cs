using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Submissions.Duplicates;

/// <summary>What somebody decided about a possible duplicate.</summary>
internal enum DuplicateDecision
{
    /// <summary>Two different things: both stay as they are.</summary>
    Kept,

    /// <summary>One thing that both take part in.</summary>
    Joint,
}

/// <summary>A record that may be the same thing as another.</summary>
/// <param name="RecordNumber">null: it is of an LAO outside the scope, of which only name and day are told</param>
/// <param name="Name">the name that is alike, in lower case</param>
/// <param name="Decision">null: nobody decided yet</param>
internal sealed record PossibleDuplicate(
    Guid RecordId,
    int? LaoId,
    string? RecordNumber,
    string? Label,
    int? FiscalYear,
    string Name,
    DateOnly? Day,
    DuplicateDecision? Decision
);

/// <summary>Reads of records that may be one thing recorded twice.</summary>
internal sealed class DuplicateQueries(AppDb db)
{
    /// <summary>Those of the same LAO first. A record is compared once it is confirmed.</summary>
    public async Task<IReadOnlyList<PossibleDuplicate>> ListAsync(
        int laoId,
        Guid recordId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<PossibleDuplicate>(
                $"""
                select s.record_id, s.lao_id, c.record_number, b.label, b.fiscal_year, s.name, s.day, d.decision
                from similar_records({laoId}, {recordId}) s
                left join record c on c.lao_id = s.lao_id and c.record_id = s.record_id
                left join lateral (
                    select a.label, t.fiscal_year from answer_sheet a
                    join submission t on t.lao_id = a.lao_id and t.submission_id = a.submission_id
                    where a.lao_id = s.lao_id and a.record_id = s.record_id
                    order by t.fiscal_year desc limit 1) b on true
                left join record_duplicate d
                    on d.lao_id = {laoId} and d.record_id = {recordId} and d.other_record_id = s.record_id
                """
            )
            .ToListAsync(cancellationToken);
}
