using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Forms;

/// <summary>A published form in a list, with its newest version.</summary>
internal sealed record FormRow(
    string FormId,
    int Sector,
    FormShape Shape,
    string TitleTh,
    string TitleEn,
    int Version,
    int FirstFiscalYear,
    DateTimeOffset PublishedAt
);

/// <summary>One version of a form.</summary>
internal sealed record FormVersionRow(int Version, int FirstFiscalYear, DateTimeOffset PublishedAt, string Sha256);

/// <summary>Reads of published forms. Everybody who is signed in may read all of them.</summary>
internal sealed class FormQueries(AppDb db)
{
    /// <summary>Every form, by sector and report order.</summary>
    public async Task<IReadOnlyList<FormRow>> ListAsync(CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<FormRow>(
                $"""
                select f.form_id, f.sector, f.shape, f.title_th, f.title_en, v.version, v.first_fiscal_year, v.published_at
                from form f
                join lateral (
                    select n.version, n.first_fiscal_year, n.published_at from form_version n
                    where n.form_id = f.form_id order by n.version desc limit 1) v on true
                order by f.sector, f.report_order, f.form_id
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>The versions of one form, newest first; empty when there is none of that id.</summary>
    public async Task<IReadOnlyList<FormVersionRow>> ListVersionsAsync(
        string formId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<FormVersionRow>(
                $"""
                select version, first_fiscal_year, published_at, encode(sha256, 'hex') as sha256
                from form_version where form_id = {formId} order by version desc
                """
            )
            .ToListAsync(cancellationToken);
}
