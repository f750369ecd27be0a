using Thongthin.Data;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Reads. The database shows only what is in the actor's scope, so nothing here filters by it; what is not visible is
/// null or absent.
/// </summary>
internal sealed partial class SubmissionQueries(AppDb db)
{
    public const int PageSize = 50;

    /// <summary>Rounds that are open, about to open, or where something of this LAO is still editable or returned; by deadline.</summary>
    public Task<IReadOnlyList<HomeRound>> ListHomeAsync(int laoId, CancellationToken cancellationToken) =>
        throw new NotImplementedException(db.Actor.ToString() + laoId + cancellationToken);

    public Task<SubmissionDetail?> FindAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + cancellationToken);

    public Task<RegisterDetail> ReadRegisterAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + cancellationToken);

    /// <summary>One sheet of the submission; null when it has none by that id.</summary>
    public Task<SheetDetail?> FindSheetAsync(SubmissionKey key, Guid sheetId, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + sheetId + cancellationToken);

    /// <summary>The annual form's sheet; null before the first save. Previous answers come with <see cref="FindPreviousAsync"/> then.</summary>
    public Task<SheetDetail?> FindAnnualSheetAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + cancellationToken);

    /// <summary>Every sheet in force with its answers: what the certifier reads and certifies, by record number.</summary>
    public Task<IReadOnlyList<SheetDetail>> ListSheetsAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + cancellationToken);

    public Task<IReadOnlyList<EventRow>> ListEventsAsync(SubmissionKey key, CancellationToken cancellationToken) =>
        throw new NotImplementedException(key.ToString() + cancellationToken);

    public Task<IReadOnlyList<VersionRow>> ListVersionsAsync(
        SubmissionKey key,
        Guid sheetId,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException(key.ToString() + sheetId + cancellationToken);

    /// <summary>What came in and who is not done, in the actor's scope; by province, district and LAO in report order.</summary>
    public Task<ReviewPage> ListReviewAsync(ReviewFilter filter, CancellationToken cancellationToken) =>
        throw new NotImplementedException(filter.ToString() + cancellationToken);

    /// <summary>Recorded submissions of the LAO, with what each was when it was read.</summary>
    public Task<IReadOnlyList<ToCertifyRow>> ListToCertifyAsync(int laoId, CancellationToken cancellationToken) =>
        throw new NotImplementedException(
            laoId.ToString(System.Globalization.CultureInfo.InvariantCulture) + cancellationToken
        );

    public Task<CertificateDetail?> FindCertificateAsync(
        int laoId,
        Guid certificateId,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException(certificateId.ToString() + laoId + cancellationToken);

    /// <summary>All certificates of one submission, newest first.</summary>
    public Task<IReadOnlyList<CertificateDetail>> ListCertificatesAsync(
        SubmissionKey key,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException(key.ToString() + cancellationToken);
}
