using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>By which order somebody certifies for another; part of what is certified, the order's bytes by their hash.</summary>
/// <param name="OrderSha256">64 hexadecimal digits</param>
internal sealed record CertifiedDelegation(
    string OrderReference,
    DateOnly OrderDate,
    Guid AttachmentId,
    string OrderSha256,
    string ByName,
    string ByPosition
)
{
    /// <summary>Of the membership that the actor acts under; null: it is one in its own right.</summary>
    public static async Task<CertifiedDelegation?> FindAsync(
        AppDb db,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        (
            await db
                .Database.SqlQuery<CertifiedDelegation>(
                    $"""
                    select d.order_reference, d.order_date, d.attachment_id, encode(a.sha256, 'hex') as order_sha256,
                        d.delegated_by_name as by_name, d.delegated_by_position as by_position
                    from certifying_delegation d join attachment a using (lao_id, attachment_id)
                    where d.membership_id = {actor.MembershipId}
                    """
                )
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();

    public JsonObject ToJson() =>
        new()
        {
            ["order"] = OrderReference,
            ["order_date"] = OrderDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["order_file"] = AttachmentId.ToString(),
            ["order_sha256"] = OrderSha256,
            ["for_name"] = ByName,
            ["for_position"] = ByPosition,
        };

    /// <summary>As a certificate says it; null: it was certified in the certifier's own right.</summary>
    /// <param name="content">the certified bytes as text</param>
    public static CertifiedDelegation? Of(string content) =>
        JsonNode.Parse(content)!["certifier"]?["delegation"] is { } json
            ? new(
                Text(json, "order"),
                DateOnly.ParseExact(Text(json, "order_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Guid.Parse(Text(json, "order_file")),
                Text(json, "order_sha256"),
                Text(json, "for_name"),
                Text(json, "for_position")
            )
            : null;

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();
}
