using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Files;

/// <summary>What somebody is about to send.</summary>
/// <param name="Subject">what it is for, in the words of the feature</param>
/// <param name="Size">in bytes</param>
/// <param name="Sha256">of the whole file</param>
internal sealed record AnnouncedFile(string Subject, string Name, long Size, byte[] Sha256);

/// <summary>How a piece was taken.</summary>
internal enum PieceOutcome
{
    /// <summary>Stored, or stored before: the same piece sent twice is stored once.</summary>
    Received,

    /// <summary>It does not stand where the upload goes on; send from where it does.</summary>
    Elsewhere,

    /// <summary>Cut short, or changed on the way; send it again.</summary>
    Damaged,
}

/// <param name="Received">how many bytes have arrived now</param>
internal sealed record PieceResult(PieceOutcome Outcome, int Received);

/// <summary>
/// Takes files in, a piece at a time. A file is announced with its size and SHA-256; its pieces arrive
/// in order and are stored as they come, so that after a break the sender asks how far it got and goes on there; when all
/// is there, it is hashed and looked into where it lies, and becomes an attachment. Who may do what, for which LAO, is the
/// caller's to say and the database's to enforce.
/// </summary>
internal sealed class Uploads(AppDb db)
{
    private const int ClearedAtOnce = 20;

    /// <summary>The upload to send to: the person's unfinished one of the same file for the same subject, or a new one.</summary>
    /// <exception cref="Refusal">file_empty, file_too_large (with name and megabytes), too_many_uploads (with the limit)</exception>
    public async Task<FileUpload> StartAsync(
        Actor actor,
        int laoId,
        AnnouncedFile file,
        CancellationToken cancellationToken
    )
    {
        var name = FileNames.Clean(file.Name);
        RequireSize(file.Size, name);
        var at = actor.At.ToUniversalTime();
        await db.Database.ExecuteSqlAsync($"select clear_expired_uploads({at}, {ClearedAtOnce})", cancellationToken);
        var own = await db.Set<FileUpload>()
            .Where(upload => upload.UserId == actor.UserId && upload.ExpiresAt >= at)
            .ToListAsync(cancellationToken);
        var same = own.Find(upload =>
            upload.LaoId == laoId
            && upload.Subject == file.Subject
            && upload.Name == name
            && upload.Size == file.Size
            && upload.Sha256.AsSpan().SequenceEqual(file.Sha256)
        );
        if (same is not null)
        {
            return same;
        }
        if (own.Count >= FileLimits.UploadsAtOnce)
        {
            throw new Refusal("too_many_uploads", FileLimits.UploadsAtOnce);
        }
        var upload = new FileUpload
        {
            LaoId = laoId,
            FileUploadId = Guid.CreateVersion7(),
            UserId = actor.UserId!.Value,
            Subject = file.Subject,
            Name = name,
            Size = (int)file.Size,
            Sha256 = file.Sha256,
            ExpiresAt = at + FileLimits.UploadRests,
        };
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into file_upload (lao_id, file_upload_id, user_id, subject, name, size, sha256, expires_at)
            values ({laoId}, {upload.FileUploadId}, {upload.UserId}, {upload.Subject}, {name}, {upload.Size},
                {upload.Sha256}, {upload.ExpiresAt})
            """,
            cancellationToken
        );
        return upload;
    }

    /// <summary>The person's own upload; null when there is none (any more).</summary>
    public Task<FileUpload?> FindUploadAsync(
        Actor actor,
        int laoId,
        Guid uploadId,
        CancellationToken cancellationToken
    ) =>
        db.Set<FileUpload>()
            .FirstOrDefaultAsync(
                upload => upload.LaoId == laoId && upload.FileUploadId == uploadId && upload.UserId == actor.UserId,
                cancellationToken
            );

    /// <summary>
    /// Takes the piece that begins at <paramref name="offset"/>. It is read off the network before anything is asked of the
    /// database, so that a slow sender holds no connection.
    /// </summary>
    /// <param name="sha256">of the piece, as its sender counted it</param>
    /// <exception cref="Refusal">upload_not_found; for the first piece as <see cref="FileInspection.OfHead"/>, and the upload is over</exception>
    public async Task<PieceResult> ReceiveAsync(
        Actor actor,
        int laoId,
        Guid uploadId,
        int offset,
        byte[] sha256,
        Stream piece,
        CancellationToken cancellationToken
    )
    {
        await db.Database.CloseConnectionAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(FileLimits.PieceBytes + 1);
        try
        {
            var length = await piece.ReadAtLeastAsync(
                buffer.AsMemory(0, FileLimits.PieceBytes + 1),
                FileLimits.PieceBytes + 1,
                false,
                cancellationToken
            );
            var upload =
                await FindUploadAsync(actor, laoId, uploadId, cancellationToken)
                ?? throw new Refusal("upload_not_found");
            if (offset % FileLimits.PieceBytes != 0 || offset > upload.Received)
            {
                return new(PieceOutcome.Elsewhere, upload.Received);
            }
            var bytes = buffer.AsMemory(0, length);
            if (
                length != FileLimits.LengthOfPiece(upload.Size, offset / FileLimits.PieceBytes)
                || length == 0
                || !SHA256.HashData(bytes.Span).AsSpan().SequenceEqual(sha256)
            )
            {
                return new(PieceOutcome.Damaged, upload.Received);
            }
            return offset < upload.Received
                ? new(PieceOutcome.Received, upload.Received)
                : await AddPieceAsync(actor, upload, offset, bytes, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The SHA-256 of a file that can be read again.</summary>
    public static async Task<byte[]> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        return await SHA256.HashDataAsync(content, cancellationToken);
    }

    /// <summary>Takes the rest of an upload from a file that lies here.</summary>
    /// <exception cref="Refusal">as <see cref="ReceiveAsync"/></exception>
    public async Task FillAsync(Actor actor, FileUpload upload, Stream content, CancellationToken cancellationToken)
    {
        content.Position = upload.Received;
        var buffer = ArrayPool<byte>.Shared.Rent(FileLimits.PieceBytes);
        try
        {
            for (var at = upload.Received; at < upload.Size; at += FileLimits.PieceBytes)
            {
                var piece = buffer.AsMemory(0, Math.Min(FileLimits.PieceBytes, upload.Size - at));
                await content.ReadExactlyAsync(piece, cancellationToken);
                await AddPieceAsync(actor, upload, at, piece, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Hashes an upload that has arrived and looks into it, where it lies. One that is refused is over.</summary>
    /// <exception cref="Refusal">upload_not_found, upload_incomplete, file_damaged (with the name), and as <see cref="FileInspection.OfAsync"/></exception>
    public async Task<(FileUpload Upload, FileKind Kind)> CheckAsync(
        Actor actor,
        int laoId,
        Guid uploadId,
        CancellationToken cancellationToken
    )
    {
        var upload =
            await FindUploadAsync(actor, laoId, uploadId, cancellationToken) ?? throw new Refusal("upload_not_found");
        if (upload.Received != upload.Size)
        {
            throw new Refusal("upload_incomplete", upload.Name);
        }
        await using var content = Read(upload);
        var sha256 = await SHA256.HashDataAsync(content, cancellationToken);
        try
        {
            return sha256.AsSpan().SequenceEqual(upload.Sha256)
                ? (upload, await FileInspection.OfAsync(content, upload.Name, cancellationToken))
                : throw new Refusal("file_damaged", upload.Name);
        }
        catch (Refusal)
        {
            await CancelAsync(actor, laoId, uploadId, cancellationToken);
            throw;
        }
    }

    /// <summary>Makes an attachment, under the same id, of a checked upload, in the caller's transaction.</summary>
    public Task KeepAsync(
        Actor actor,
        FileUpload upload,
        FileKind kind,
        byte[]? thumbnail,
        CancellationToken cancellationToken
    )
    {
        var (at, type) = (actor.At.ToUniversalTime(), kind.ContentType());
        return db.Database.ExecuteSqlAsync(
            $"""
            select keep_attachment({upload.LaoId}, {upload.FileUploadId}, {type}, {thumbnail}::bytea, {at},
                {actor.DisplayName})
            """,
            cancellationToken
        );
    }

    /// <summary>The person's own upload is over; false when there was none.</summary>
    public async Task<bool> CancelAsync(Actor actor, int laoId, Guid uploadId, CancellationToken cancellationToken) =>
        await db.Set<FileUpload>()
            .Where(upload => upload.LaoId == laoId && upload.FileUploadId == uploadId && upload.UserId == actor.UserId)
            .ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>The person's unfinished uploads whose subject begins so.</summary>
    public Task<List<FileUpload>> ListUploadsAsync(
        Actor actor,
        int laoId,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var at = actor.At.ToUniversalTime();
        return db.Set<FileUpload>()
            .Where(upload => upload.LaoId == laoId && upload.UserId == actor.UserId && upload.ExpiresAt >= at)
            .Where(upload => upload.Subject.StartsWith(subject))
            .OrderBy(upload => upload.FileUploadId)
            .ToListAsync(cancellationToken);
    }

    private PieceStream Read(FileUpload upload) =>
        new(
            db,
            upload.Size,
            """
            select bytes from file_upload_piece
            where lao_id = @lao_id and file_upload_id = @file_upload_id and number = @number
            """,
            new NpgsqlParameter("lao_id", upload.LaoId),
            new NpgsqlParameter("file_upload_id", upload.FileUploadId)
        );

    private async Task<PieceResult> AddPieceAsync(
        Actor actor,
        FileUpload upload,
        int offset,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        if (offset == 0)
        {
            await RequireAllowedAsync(actor, upload, bytes, cancellationToken);
        }
        // one statement: of two that send the same piece at the same time one moves the upload on, the other finds it moved
        var stored = await db.Database.ExecuteSqlRawAsync(
            """
            with moved as (
                update file_upload set received = received + @length, expires_at = @expires_at
                where lao_id = @lao_id and file_upload_id = @file_upload_id and received = @offset
                returning lao_id, file_upload_id)
            insert into file_upload_piece (lao_id, file_upload_id, number, bytes)
            select lao_id, file_upload_id, @number, @bytes from moved
            """,
            [
                new NpgsqlParameter("length", bytes.Length),
                new NpgsqlParameter("expires_at", actor.At.ToUniversalTime() + FileLimits.UploadRests),
                new NpgsqlParameter("lao_id", upload.LaoId),
                new NpgsqlParameter("file_upload_id", upload.FileUploadId),
                new NpgsqlParameter("offset", offset),
                new NpgsqlParameter("number", offset / FileLimits.PieceBytes),
                new NpgsqlParameter("bytes", NpgsqlDbType.Bytea) { Value = bytes },
            ],
            cancellationToken
        );
        if (stored == 1)
        {
            return new(PieceOutcome.Received, offset + bytes.Length);
        }
        var now =
            await FindUploadAsync(actor, upload.LaoId, upload.FileUploadId, cancellationToken)
            ?? throw new Refusal("upload_not_found");
        return new(now.Received > offset ? PieceOutcome.Received : PieceOutcome.Elsewhere, now.Received);
    }

    private async Task RequireAllowedAsync(
        Actor actor,
        FileUpload upload,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            FileInspection.OfHead(bytes.Span[..Math.Min(bytes.Length, FileInspection.HeadBytes)], upload.Name);
        }
        catch (Refusal)
        {
            await CancelAsync(actor, upload.LaoId, upload.FileUploadId, cancellationToken);
            throw;
        }
    }

    private static void RequireSize(long size, string name)
    {
        if (size <= 0)
        {
            throw new Refusal("file_empty", name);
        }
        if (size > FileLimits.Bytes)
        {
            throw new Refusal("file_too_large", name, FileLimits.Megabytes);
        }
    }
}
