using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Certification;

/// <summary>A certificate in a list.</summary>
internal sealed record CertificateRow(
    Guid CertificateId,
    string TitleTh,
    string TitleEn,
    int FiscalYear,
    DateTimeOffset CertifiedAt,
    string CertifierName,
    bool IsValid
);

/// <summary>Certificates of one LAO, newest first.</summary>
internal sealed class CertificateList(AppDb db)
{
    private const int Latest = 20;

    public async Task<IReadOnlyList<CertificateRow>> LatestAsync(int laoId, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<CertificateRow>(
                $"""
                select c.certificate_id, f.title_th, f.title_en, s.fiscal_year, c.certified_at, c.certifier_name,
                    c.voided_at is null as is_valid
                from certificate c
                join submission s using (lao_id, submission_id)
                join form f using (form_id)
                where c.lao_id = {laoId}
                order by c.certified_at desc, c.certificate_id
                limit {Latest}
                """
            )
            .ToListAsync(cancellationToken);
}
