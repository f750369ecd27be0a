using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Certification;

/// <summary>A certificate in a list.</summary>
/// <param name="Deadline">in force: later than <paramref name="RoundDeadline"/> where it was extended</param>
internal sealed record CertificateRow(
    Guid CertificateId,
    int Sector,
    string TitleTh,
    string TitleEn,
    int FiscalYear,
    DateOnly Deadline,
    DateOnly RoundDeadline,
    DateTimeOffset CertifiedAt,
    string CertifierName,
    string CertifierPosition,
    DateTimeOffset? VoidedAt,
    string? CheckCode
)
{
    public bool IsValid => VoidedAt is null;

    public bool IsLate => CertifiedAt >= BangkokTime.EndOfDay(Deadline);
}

/// <summary>What an LAO was called and where it was in a fiscal year.</summary>
/// <param name="Asked">topics that it was to record that year; exempt ones and those of a cancelled round are not</param>
internal sealed record LaoOfYearRow(
    string Kind,
    string NameTh,
    string NameEn,
    string DistrictTh,
    string DistrictEn,
    string ProvinceTh,
    string ProvinceEn,
    int Asked
);

/// <summary>Certificates of one LAO.</summary>
internal sealed class CertificateList(AppDb db)
{
    private const int Latest = 20;

    private const string Rows = """
        select c.certificate_id, f.sector, f.title_th, f.title_en, s.fiscal_year, greatest(r.deadline, s.extended_until) as deadline,
            r.deadline as round_deadline, c.certified_at, c.certifier_name,
            c.certifier_position, c.voided_at, c.check_code
        from certificate c
        join submission s using (lao_id, submission_id)
        join round r using (round_id)
        join form f using (form_id)
        where c.lao_id = {0}
        """;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<CertificateRow>> LatestAsync(int laoId, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQueryRaw<CertificateRow>(
                Rows + " order by c.certified_at desc, c.certificate_id limit {1}",
                laoId,
                Latest
            )
            .ToListAsync(cancellationToken);

    /// <summary>All of one fiscal year in the order of the sectors; of one topic the newest first.</summary>
    public async Task<IReadOnlyList<CertificateRow>> OfYearAsync(
        int laoId,
        int fiscalYear,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQueryRaw<CertificateRow>(
                Rows
                    + " and s.fiscal_year = {1} order by f.sector, f.title_th collate thai, c.certified_at desc, c.certificate_id",
                laoId,
                fiscalYear
            )
            .ToListAsync(cancellationToken);

    /// <summary>Null when the LAO is not in scope, or was asked nothing that year.</summary>
    public async Task<LaoOfYearRow?> FindLaoAsync(int laoId, int fiscalYear, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<LaoOfYearRow>(
                    $"""
                    select o.kind, o.name_th, o.name_en, o.district_th, o.district_en, o.province_th, o.province_en,
                        (select count(*)::int from submission a join round ar using (round_id)
                            where a.lao_id = s.lao_id and a.fiscal_year = s.fiscal_year and a.state <> 'exempt'
                              and ar.cancelled_at is null) as asked
                    from submission s join round r using (round_id) join round_roster o using (round_id, lao_id)
                    where s.lao_id = {laoId} and s.fiscal_year = {fiscalYear}
                    order by r.opened_at desc, r.round_id limit 1
                    """
                )
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();
}
