namespace Thongthin.Features.Submissions;

/// <summary>What the person at the LAO should do next about a topic. Texts <c>submission.next.NAME</c>.</summary>
internal enum NextStep
{
    /// <summary>Nothing: done, or it is somebody else's turn.</summary>
    None,

    /// <summary>The round has not opened yet.</summary>
    WaitForOpening,

    /// <summary>Recorder: nothing typed yet.</summary>
    Start,

    /// <summary>Recorder: go on, then submit.</summary>
    Continue,

    /// <summary>Recorder: it came back; read why, correct, submit again.</summary>
    Correct,

    /// <summary>Recorder: the certifier has it.</summary>
    WaitForCertifier,

    /// <summary>Certifier: read and certify, or send back.</summary>
    Certify,

    /// <summary>Editing is over for this LAO and it is not done: ask for an extension.</summary>
    Closed,
}

/// <summary>A round on the home page of an LAO.</summary>
/// <param name="Deadline">in force: later than <paramref name="RoundDeadline"/> where it was extended</param>
/// <param name="DaysLeft">to the end of the deadline's day in Bangkok: 0 = due today, negative = days past</param>
/// <param name="IsOpen">today is within the opening and the closing</param>
internal sealed record HomeRound(
    Guid RoundId,
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DateOnly RoundDeadline,
    int DaysLeft,
    bool IsOpen,
    Rounds.DoneMeans DoneMeans,
    string Contact,
    IReadOnlyList<HomeTopic> Topics
);

/// <summary>One topic of a round as the LAO stands in it.</summary>
/// <param name="CanEdit">the days and the state allow editing (whether this actor may is <see cref="SubmissionDetail.May"/>)</param>
/// <param name="Return">why it came back; null when it is not returned</param>
internal sealed record HomeTopic(
    SubmissionKey Key,
    string FormId,
    string TitleTh,
    string TitleEn,
    int Sector,
    FormShape Shape,
    SubmissionState State,
    bool IsNil,
    bool IsLate,
    bool CanEdit,
    DateOnly? OpenUntil,
    DateTimeOffset? RecordedAt,
    DateTimeOffset? CertifiedAt,
    NextStep NextStep,
    ReturnNote? Return
);

/// <summary>The latest return or send-back of a submission that was not answered yet.</summary>
/// <param name="Fields">what it points at: <c>sheetId</c> and path inside it; may be empty</param>
internal sealed record ReturnNote(
    SubmissionAction Action,
    DateTimeOffset At,
    string UserName,
    string UnitName,
    string Reason,
    IReadOnlyList<FieldReference> Fields
);

/// <summary>A question of one sheet. An empty path is the sheet as a whole.</summary>
internal sealed record FieldReference(Guid SheetId, string Path);

/// <summary>One submission with its round, its LAO as in the roster, and what the actor may do with it now.</summary>
/// <param name="Deadline">in force: later than <paramref name="RoundDeadline"/> where it was extended; so is the closing</param>
/// <param name="EventCount">how many events it had when it was read</param>
/// <param name="IsLate">recorded after the end of the deadline's day, or not recorded and the deadline is past</param>
/// <param name="IsAmended">was opened again by an amendment after it had been certified</param>
/// <param name="CertificateId">of the valid certificate</param>
/// <param name="CanEdit">the days and the state allow editing, whoever asks</param>
/// <param name="May">what this actor may do now, by role, scope, state and days</param>
/// <param name="Seen">what was on the screen: goes back with <see cref="CertifySubmissions"/></param>
internal sealed record SubmissionDetail(
    SubmissionKey Key,
    Guid RoundId,
    string RoundSlug,
    string RoundTitleTh,
    string RoundTitleEn,
    int FiscalYear,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DateOnly RoundDeadline,
    Rounds.DoneMeans DoneMeans,
    string FormId,
    int FormVersion,
    string TitleTh,
    string TitleEn,
    int Sector,
    FormShape Shape,
    string LaoNameTh,
    string LaoNameEn,
    string LaoAbbreviationTh,
    string LaoKind,
    string DistrictTh,
    string DistrictEn,
    string ProvinceTh,
    string ProvinceEn,
    SubmissionState State,
    bool IsNil,
    bool IsLate,
    bool IsAmended,
    int EventCount,
    DateTimeOffset? StateChangedAt,
    DateTimeOffset? RecordedAt,
    DateTimeOffset? CertifiedAt,
    DateOnly? OpenUntil,
    DateTimeOffset? ReviewedAt,
    Guid? CertificateId,
    ReturnNote? Return,
    bool CanEdit,
    IReadOnlySet<SubmissionAction> May,
    string Seen
);

/// <summary>A sheet in a list.</summary>
/// <param name="RecordNumber">null for an annual sheet</param>
/// <param name="IsCarried">the record was there in an earlier fiscal year</param>
/// <param name="OfficerUnitName">the office that helped last; null when the LAO itself recorded</param>
internal sealed record SheetRow(
    Guid SheetId,
    Guid? RecordId,
    string? RecordNumber,
    string Label,
    SheetStatus Status,
    int BlockingIssues,
    int Warnings,
    int Answered,
    int Required,
    int Revision,
    DateTimeOffset SavedAt,
    string? SavedBy,
    string? OfficerUnitName,
    bool IsCarried,
    string? RemoveReason
);

/// <summary>A record of an earlier fiscal year that is in force and has no sheet this year yet.</summary>
internal sealed record UncarriedRecord(Guid RecordId, string RecordNumber, string Label, int FiscalYear, Guid SheetId);

/// <summary>All that a register (or an annual form: one sheet or none) holds for the year.</summary>
/// <param name="Sheets">in force: draft and confirmed, by record number</param>
/// <param name="Removed">removed this year, each with its reason</param>
/// <param name="Uncarried">to be confirmed or removed before the register is complete</param>
internal sealed record RegisterDetail(
    IReadOnlyList<SheetRow> Sheets,
    IReadOnlyList<SheetRow> Removed,
    IReadOnlyList<UncarriedRecord> Uncarried
);

/// <summary>One sheet with its answers, for the entry page and for reading.</summary>
/// <param name="Answers">JSON as stored; read it with Thongthin.Forms</param>
/// <param name="PreviousAnswers">JSON of the same record or annual form in the latest earlier fiscal year; null when there is none</param>
/// <param name="PreviousFiscalYear">the fiscal year of those</param>
internal sealed record SheetDetail(
    Guid SheetId,
    SubmissionKey Submission,
    Guid? RecordId,
    string? RecordNumber,
    string Label,
    SheetStatus Status,
    string Answers,
    int Revision,
    int BlockingIssues,
    int Warnings,
    int Answered,
    int Required,
    DateTimeOffset SavedAt,
    string? SavedBy,
    string? OfficerUnitName,
    string? PreviousAnswers,
    int? PreviousFiscalYear
);

/// <summary>One line of the history, newest first.</summary>
internal sealed record EventRow(
    int Number,
    DateTimeOffset At,
    SubmissionAction Action,
    SubmissionState From,
    SubmissionState To,
    string UserName,
    string Role,
    string UnitName,
    string UnitNameEn,
    string Reason,
    IReadOnlyList<FieldReference> Fields
);

/// <summary>A version of a sheet, newest first; the first may be the one still open.</summary>
/// <param name="ClosedAt">null: still open</param>
/// <param name="Changes">against the version before</param>
internal sealed record VersionRow(
    int Number,
    int Revision,
    SheetStatus Status,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string AuthorName,
    string? OfficerUnitName,
    IReadOnlyList<FieldChange> Changes
);

/// <summary>One field in two versions; raw texts, null = had no value.</summary>
internal sealed record FieldChange(string Path, string? Before, string? After);

/// <summary>Which submissions an office looks for. Null = any.</summary>
/// <param name="Search">part of the LAO's name or code</param>
/// <param name="Page">from 1; <see cref="SubmissionQueries.PageSize"/> rows each</param>
internal sealed record ReviewFilter(
    Guid? RoundId = null,
    string? FormId = null,
    SubmissionState? State = null,
    bool? Done = null,
    bool? Reviewed = null,
    int? DistrictId = null,
    int? ProvinceId = null,
    string? Search = null,
    int Page = 1
);

/// <summary>A submission in an office's list.</summary>
internal sealed record ReviewRow(
    SubmissionKey Key,
    string RoundSlug,
    string FormId,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    string LaoNameTh,
    string LaoNameEn,
    string LaoAbbreviationTh,
    string Kind,
    string DistrictTh,
    string DistrictEn,
    string ProvinceTh,
    string ProvinceEn,
    SubmissionState State,
    bool IsNil,
    bool IsLate,
    bool IsDone,
    DateTimeOffset? StateChangedAt,
    DateTimeOffset? RecordedAt,
    DateTimeOffset? ReviewedAt
);

/// <summary>One page of a review queue.</summary>
internal sealed record ReviewPage(IReadOnlyList<ReviewRow> Rows, int Total);

/// <summary>A submission that waits for the certifier.</summary>
/// <param name="Seen">goes back with <see cref="CertifySubmissions"/></param>
/// <param name="RecordedBySelf">this actor recorded part of it and may not certify it</param>
internal sealed record ToCertifyRow(
    SubmissionKey Key,
    string RoundSlug,
    string RoundTitleTh,
    string RoundTitleEn,
    string FormId,
    string TitleTh,
    string TitleEn,
    int Sector,
    int FiscalYear,
    bool IsNil,
    DateTimeOffset RecordedAt,
    string RecordedBy,
    string Seen,
    bool RecordedBySelf
);

/// <summary>A certificate, valid or void.</summary>
/// <param name="Sha256">64 hexadecimal digits</param>
/// <param name="Content">the certified bytes as text (JSON)</param>
internal sealed record CertificateDetail(
    Guid CertificateId,
    SubmissionKey Submission,
    string Content,
    string Sha256,
    DateTimeOffset CertifiedAt,
    string CertifierName,
    string CertifierPosition,
    DateTimeOffset? VoidedAt,
    string? VoidReason,
    string? Signature,
    Guid? SigningKeyId,
    string? CheckCode
);
