using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Certification;

/// <summary>What the public learns of a certificate: no person, no answer, no reason in words.</summary>
/// <param name="VoidedBy">the kind of the move that made it void; null while it stands, or where no move is known</param>
internal sealed record CheckedCertificateRow(
    string UnitKind,
    string UnitNameTh,
    string UnitNameEn,
    string DistrictTh,
    string DistrictEn,
    string ProvinceTh,
    string ProvinceEn,
    string TitleTh,
    string TitleEn,
    int FiscalYear,
    DateOnly Deadline,
    DateTimeOffset CertifiedAt,
    string CertifierPosition,
    byte[] Sha256,
    DateTimeOffset? VoidedAt,
    string? VoidedBy
)
{
    public bool IsLate => CertifiedAt >= BangkokTime.EndOfDay(Deadline);
}

/// <summary>Finds the one certificate that a code names, for anybody; the database's function decides what is told.</summary>
internal sealed class CertificateChecks(AppDb db)
{
    /// <param name="code">as <see cref="Submissions.Signing.CheckCode.Parse"/> gives it</param>
    /// <param name="cancellationToken">the request's</param>
    public async Task<CheckedCertificateRow?> FindAsync(string code, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<CheckedCertificateRow>($"select * from check_certificate({code})")
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();
}
