namespace Thongthin.Features.Extensions;

/// <summary>How the LAOs of an extension are named.</summary>
internal enum ExtensionTarget
{
    /// <summary>One, or a list.</summary>
    Laos,
    District,
    Province,

    /// <summary>All in the grantor's scope.</summary>
    All,
}

/// <summary>A later deadline for those who are not done.</summary>
/// <param name="UnitId">the district or the province</param>
/// <param name="Laos">of a list</param>
internal sealed record ExtensionRequest(
    Guid RoundId,
    DateOnly NewDeadline,
    string Reason,
    string Reference,
    ExtensionTarget Target,
    int? UnitId,
    IReadOnlyList<int> Laos
);

/// <summary>An extension in a list.</summary>
/// <param name="GrantedByTh">the office; null: the program</param>
internal sealed record ExtensionRow(
    Guid ExtensionId,
    DateOnly NewDeadline,
    string Reason,
    string Reference,
    ExtensionTarget Target,
    string? TargetTh,
    string? TargetEn,
    int Laos,
    int Submissions,
    DateTimeOffset GrantedAt,
    string GrantedByName,
    string? GrantedByTh,
    string? GrantedByEn,
    DateTimeOffset? WithdrawnAt,
    string? WithdrawnByName,
    string? WithdrawReason
);

/// <summary>An LAO that an extension covers, or would cover.</summary>
/// <param name="Topics">how many of its topics are not done</param>
internal sealed record ExtendedLaoRow(
    int LaoId,
    string Kind,
    string AbbreviationTh,
    string NameEn,
    string DistrictTh,
    string DistrictEn,
    int ProvinceId,
    string ProvinceTh,
    string ProvinceEn,
    int Topics
);

/// <summary>What an extension would do: whom it covers, and who of those named is left out.</summary>
/// <param name="Done">named LAOs that are done already, or exempt</param>
/// <param name="Later">named LAOs whose deadline is as late already</param>
internal sealed record ExtensionPreview(IReadOnlyList<ExtendedLaoRow> Laos, int Done, int Later)
{
    public int Topics => Laos.Sum(lao => lao.Topics);

    public IEnumerable<IGrouping<(int, string, string), ExtendedLaoRow>> Provinces =>
        Laos.GroupBy(lao => (lao.ProvinceId, lao.ProvinceTh, lao.ProvinceEn));
}

/// <summary>What an LAO asked for, and what it was told.</summary>
/// <param name="Answer">granted, declined, taken_back; null: it waits</param>
internal sealed record RequestRow(
    int LaoId,
    Guid ExtensionRequestId,
    Guid RoundId,
    string RoundSlug,
    string RoundTitleTh,
    string RoundTitleEn,
    string Kind,
    string AbbreviationTh,
    string NameEn,
    string DistrictTh,
    string DistrictEn,
    DateOnly Wanted,
    string Reason,
    DateTimeOffset RequestedAt,
    string RequestedByName,
    string? Answer,
    string AnswerNote,
    DateTimeOffset? AnsweredAt,
    string? AnsweredByName,
    string? AnsweredByUnit,
    Guid? ExtensionId
);
