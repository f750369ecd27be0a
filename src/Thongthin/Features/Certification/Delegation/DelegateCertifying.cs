using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Certification.Delegation;

/// <summary>Who is to certify for the actor, when, and by which order.</summary>
/// <param name="Position">as the delegate signs</param>
/// <param name="ValidUntil">the last day</param>
internal sealed record DelegationRequest(
    Guid DelegateId,
    string Position,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    string OrderReference,
    DateOnly OrderDate
);

/// <summary>The order as it was sent.</summary>
/// <param name="Content">can be read at any place</param>
internal sealed record OrderFile(string Name, Stream Content);

/// <summary>A certifier lets another person of the LAO certify for a period. Order, membership and audit event come together or not at all.</summary>
internal sealed class DelegateCertifying(AppDb db, Uploads uploads)
{
    /// <exception cref="Refusal">
    /// delegation_days, delegation_not_yours, delegate_unknown, membership_exists; of the file as
    /// <see cref="Uploads.StartAsync"/> and <see cref="Uploads.CheckAsync"/>, and order_not_a_document
    /// </exception>
    public async Task ExecuteAsync(
        Actor actor,
        DelegationRequest request,
        OrderFile order,
        CancellationToken cancellationToken
    )
    {
        if (request.ValidUntil < request.ValidFrom || request.ValidUntil < BangkokTime.Day(actor.At))
        {
            throw new Refusal("delegation_days");
        }
        var id = Guid.CreateVersion7();
        var (upload, kind) = await ReceiveAsync(actor, id, order, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await uploads.KeepAsync(actor, upload, kind, null, cancellationToken);
        await InsertAsync(actor, id, request, upload.FileUploadId, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "certifying_delegated",
            $"certifying_delegation/{id}",
            actor.UnitId,
            new
            {
                request.DelegateId,
                request.ValidFrom,
                request.ValidUntil,
                order = Convert.ToHexStringLower(upload.Sha256),
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<(FileUpload Upload, FileKind Kind)> ReceiveAsync(
        Actor actor,
        Guid id,
        OrderFile order,
        CancellationToken cancellationToken
    )
    {
        var sha256 = await Uploads.HashAsync(order.Content, cancellationToken);
        var file = new AnnouncedFile($"certifying_delegation/{id}", order.Name, order.Content.Length, sha256);
        var upload = await uploads.StartAsync(actor, actor.UnitId!.Value, file, cancellationToken);
        await uploads.FillAsync(actor, upload, order.Content, cancellationToken);
        var found = await uploads.CheckAsync(actor, upload.LaoId, upload.FileUploadId, cancellationToken);
        if (found.Kind == FileKind.Xlsx)
        {
            await uploads.CancelAsync(actor, upload.LaoId, upload.FileUploadId, cancellationToken);
            throw new Refusal("order_not_a_document", found.Upload.Name);
        }
        return found;
    }

    private async Task InsertAsync(
        Actor actor,
        Guid id,
        DelegationRequest request,
        Guid attachmentId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                select delegate_certifying({id}, {Guid.CreateVersion7()}, {request.DelegateId}, {request.Position},
                    {request.ValidFrom}, {request.ValidUntil}, {request.OrderReference}, {request.OrderDate}, {attachmentId},
                    {actor.At.ToUniversalTime()}, {actor.DisplayName}, {actor.Position})
                """,
                cancellationToken
            );
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is not null)
        {
            throw ConstraintMessages.Of(exception)!;
        }
    }
}
