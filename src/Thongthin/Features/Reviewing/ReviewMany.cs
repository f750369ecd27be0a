using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Reviewing;

/// <summary>A submission that was chosen in a list.</summary>
internal sealed record ChosenRow(
    int LaoId,
    Guid SubmissionId,
    string FormId,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    string Kind,
    string AbbreviationTh,
    string NameEn,
    SubmissionState State
)
{
    public SubmissionKey Key => new(LaoId, SubmissionId);

    /// <summary>Only what came in can be looked at or returned.</summary>
    public bool CanBeReviewed => State is SubmissionState.Recorded or SubmissionState.Certified;
}

/// <summary>What became of one: null, or why nothing did.</summary>
internal sealed record ReviewedRow(ChosenRow Row, Refusal? Refusal);

/// <summary>
/// Marks several submissions as reviewed, or returns them with one reason: each by its own operation in its own transaction, so
/// that one that moved meanwhile does not keep the others from being done, and is told by name.
/// </summary>
internal sealed class ReviewMany(AppDb db, MarkReviewed markReviewed, ReturnSubmission returnSubmission)
{
    /// <summary>A page of a list.</summary>
    public const int Most = 50;

    /// <summary>How a choice is named in an address.</summary>
    public static string ValueOf(SubmissionKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.LaoId}.{key.SubmissionId}");

    /// <summary>Null when the text names none.</summary>
    public static SubmissionKey? KeyOf(string value) =>
        value.Split('.', 2) is [var lao, var submission]
        && int.TryParse(lao, CultureInfo.InvariantCulture, out var laoId)
        && Guid.TryParse(submission, out var id)
            ? new SubmissionKey(laoId, id)
            : null;

    /// <summary>Those of these that are in scope, in report order.</summary>
    public async Task<IReadOnlyList<ChosenRow>> FindAsync(
        IReadOnlyCollection<SubmissionKey> keys,
        CancellationToken cancellationToken
    )
    {
        int[] laos = [.. keys.Take(Most).Select(key => key.LaoId)];
        Guid[] submissions = [.. keys.Take(Most).Select(key => key.SubmissionId)];
        return await db
            .Database.SqlQuery<ChosenRow>(
                $"""
                select s.lao_id, s.submission_id, s.form_id, s.fiscal_year, f.title_th, f.title_en, o.kind, o.abbreviation_th,
                    o.name_en, s.state
                from unnest({laos}, {submissions}) k (lao_id, submission_id)
                join submission s using (lao_id, submission_id)
                join form f using (form_id)
                join round_roster o using (round_id, lao_id)
                order by o.province_order, o.district_order, o.report_order, o.code, f.sector, f.report_order, f.form_id
                """
            )
            .ToListAsync(cancellationToken);
    }

    /// <param name="reason">null: mark as reviewed; else return with it</param>
    /// <exception cref="Refusal">reason_required, reason_too_long: nothing was done</exception>
    public async Task<IReadOnlyList<ReviewedRow>> EachAsync(
        Actor actor,
        IReadOnlyList<ChosenRow> rows,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var why = reason is null ? null : Reasons.Require(reason);
        var done = new List<ReviewedRow>();
        foreach (var row in rows)
        {
            try
            {
                await (
                    why is null
                        ? markReviewed.ExecuteAsync(actor, row.Key, "", cancellationToken)
                        : returnSubmission.ExecuteAsync(actor, row.Key, why, [], cancellationToken)
                );
                done.Add(new(row, null));
            }
            catch (Refusal refusal)
            {
                done.Add(new(row, refusal));
            }
        }
        return done;
    }
}
