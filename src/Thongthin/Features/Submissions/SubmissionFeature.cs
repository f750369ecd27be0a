using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Duplicates;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Features.Submissions.Import;
using Thongthin.Features.Submissions.Items;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Files;

namespace Thongthin.Features.Submissions;

/// <summary>What the container holds of this feature.</summary>
internal static class SubmissionFeature
{
    public static IServiceCollection AddSubmissions(this IServiceCollection services) =>
        services
            .AddScoped<SubmissionAccess>()
            .AddScoped<SubmissionQueries>()
            .AddScoped<SheetViews>()
            .AddScoped<FieldLinks>()
            .AddScoped<SaveAnswers>()
            .AddAttachments()
            .AddScoped<ItemQueries>()
            .AddScoped<OpenItem>()
            .AddScoped<AnswerItems>()
            .AddScoped<UndoItemAnswers>()
            .AddScoped<RecordHistory>()
            .AddScoped<DuplicateQueries>()
            .AddScoped<DecideDuplicate>()
            .AddScoped<FactQueries>()
            .AddScoped<RebuildFacts>()
            .AddTransient<ImportAnswers>()
            .AddScoped<AddRecord>()
            .AddScoped<ConfirmRecord>()
            .AddScoped<CarryRecord>()
            .AddScoped<RemoveRecord>()
            .AddScoped<RestoreRecord>()
            .AddScoped<DeclareNil>()
            .AddScoped<SubmitSubmission>()
            .AddScoped<RecallSubmission>()
            .AddScoped<SendBack>()
            .AddScoped<CertifySubmissions>()
            .AddSingleton<CertificateSigner>()
            .AddScoped<SignCertificates>()
            .AddScoped<RotateSigningKey>()
            .AddScoped<PublishedKeys>()
            .AddScoped<ReturnSubmission>()
            .AddScoped<AmendSubmission>()
            .AddScoped<ExemptSubmission>()
            .AddScoped<LiftExemption>()
            .AddScoped<MarkReviewed>();

    private static IServiceCollection AddAttachments(this IServiceCollection services) =>
        services
            .AddScoped<Uploads>()
            .AddScoped<AttachmentQueries>()
            .AddScoped<AnsweredFiles>()
            .AddScoped<StartUpload>()
            .AddScoped<ReceivePiece>()
            .AddScoped<AttachFile>()
            .AddScoped<AttachPostedFiles>()
            .AddScoped<EntryFiles>()
            .AddScoped<CancelUpload>();
}
