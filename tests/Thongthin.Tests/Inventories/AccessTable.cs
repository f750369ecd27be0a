using Thongthin.Platform.Security;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Every address of the program and the policy that guards it. A new endpoint is placed here by whoever adds it; until then
/// <see cref="AccessInventoryTests"/> fails. Addresses are route patterns without the leading slash; <c>Anybody</c> means
/// no session is needed.
/// </summary>
internal static class AccessTable
{
    public const string Anybody = nameof(Anybody);

    public static IReadOnlyDictionary<string, string> Endpoints { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [""] = Policies.Member,
            ["account"] = Policies.Member,
            ["account/password"] = Policies.Account,
            ["account/kept-key"] = Policies.Member,
            ["account/role"] = Policies.Account,
            ["accounts"] = Policies.Member,
            ["accounts/invitations"] = Policies.Administrator,
            ["accounts/invite"] = Policies.Administrator,
            ["accounts/invite-many"] = Policies.Administrator,
            ["accounts/membership/{membershipId:guid}/end"] = Policies.Administrator,
            ["accounts/person/{userId:guid}"] = Policies.Administrator,
            ["board"] = Policies.Member,
            ["certificates/key.pem"] = Anybody,
            ["certificates/{laoId:int}/{certificateId:guid}/{handler?}"] = Policies.Member,
            ["certificates/{laoId:int}/{fiscalYear:int}"] = Policies.Member,
            ["certification"] = Policies.Certifier,
            ["certification/confirm"] = Policies.Certifier,
            ["check/{code?}"] = Anybody,
            ["directory"] = Policies.Member,
            ["directory/new"] = Policies.DepartmentAdministrator,
            ["directory/units/{id:int}"] = Policies.Member,
            ["directory/units/{id:int}/event/{slug}"] = Policies.DepartmentAdministrator,
            ["directory/units/{id:int}/groups"] = Policies.Member,
            ["directory/units/{id:int}/groups/{group}"] = Policies.Administrator,
            ["directory/units/{id:int}/order"] = Policies.DepartmentAdministrator,
            ["error/{code:int}"] = Anybody,
            ["files/{laoId:int}/{attachmentId:guid}/{handler?}"] = Policies.Member,
            ["filters"] = Policies.Member,
            ["filters/new"] = Policies.Member,
            ["filters/{number:int}"] = Policies.Member,
            ["filters/{number:int}/delete"] = Policies.Member,
            ["forms"] = Policies.Member,
            ["forms/drafts/{id:guid}"] = Policies.DepartmentAdministrator,
            ["forms/drafts/{id:guid}/browser.json"] = Policies.DepartmentAdministrator,
            ["forms/drafts/{id:guid}/preview"] = Policies.DepartmentAdministrator,
            ["forms/new"] = Policies.DepartmentAdministrator,
            ["forms/{formId}/{version:int?}"] = Policies.Member,
            ["forms/{formId}/{version:int}/browser.json"] = Policies.Member,
            ["forms/{formId}/{version:int}/form.xlsx"] = Policies.Member,
            ["health/live"] = Anybody,
            ["health/ready"] = Anybody,
            ["help"] = Policies.Member,
            ["invitation/{token}"] = Anybody,
            ["offline"] = Anybody,
            ["password-link/{userId:guid}/{part}"] = Anybody,
            ["preferences"] = Anybody,
            ["progress"] = Policies.Member,
            ["progress/snapshots"] = Policies.Member,
            ["progress/snapshots/{year:int}/{number:int}"] = Policies.Member,
            ["progress/snapshots/{year:int}/{number:int}/compare"] = Policies.Member,
            ["progress/{slug}"] = Policies.Member,
            ["progress/{slug}/chart"] = Policies.Member,
            ["progress/{slug}/districts/{unitId:int}"] = Policies.Member,
            ["progress/{slug}/map"] = Policies.Member,
            ["progress/{slug}/provinces/{unitId:int}"] = Policies.Member,
            ["progress/{slug}/units"] = Policies.Member,
            ["progress/{slug}/units/{laoId:int}"] = Policies.Member,
            ["rounds"] = Policies.Member,
            ["rounds/new"] = Policies.DepartmentAdministrator,
            ["rounds/{slug}"] = Policies.Member,
            ["rounds/{slug}/cancel"] = Policies.DepartmentAdministrator,
            ["rounds/{slug}/edit"] = Policies.DepartmentAdministrator,
            ["rounds/{slug}/open"] = Policies.DepartmentAdministrator,
            ["sign-in"] = Anybody,
            ["sign-out"] = Policies.Account,
            ["submissions"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/amend"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/answers"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/exempt"] = Policies.DepartmentAdministrator,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/history"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/items"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/lift"] = Policies.DepartmentAdministrator,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/nil"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/recall"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/records/new"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/records/{recordId:guid}"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/records/{recordId:guid}/remove"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/return"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/review"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/send-back"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/submit"] = Policies.Member,
            ["submissions/{laoId:int}/{formId}/{fiscalYear:int}/uploads/{uploadId:guid?}"] = Policies.Member,
            ["yardstick"] = Policies.Member,
            ["workbooks/uploads/{id:guid}"] = Policies.Member,
            ["workbooks/{formId}/{fiscalYear:int}"] = Policies.Member,
        };

    /// <summary>Whether somebody may pass a policy; <paramref name="role"/> is null before a membership is chosen.</summary>
    public static bool Allows(string policy, bool signedIn, UnitLevel? level, Role? role) =>
        policy switch
        {
            Anybody => true,
            nameof(Policies.Account) => signedIn,
            nameof(Policies.Member) => role is not null,
            nameof(Policies.Recorder) => role == Role.Recorder,
            nameof(Policies.Certifier) => role == Role.Certifier,
            nameof(Policies.LocalAuthority) => level == UnitLevel.Lao,
            nameof(Policies.Officer) => role == Role.Officer,
            nameof(Policies.Office) => level is not null and not UnitLevel.Lao,
            nameof(Policies.Administrator) => role == Role.Administrator,
            nameof(Policies.DepartmentAdministrator) => level == UnitLevel.Department && role == Role.Administrator,
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "Say here who passes this policy."),
        };
}
