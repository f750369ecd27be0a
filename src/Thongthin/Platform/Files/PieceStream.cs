using System.Buffers;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;

namespace Thongthin.Platform.Files;

/// <summary>
/// Reads a content out of the database piece by piece, from any place. It holds one piece, and a connection only while it
/// fetches the next: a slow reader at the other end keeps no connection waiting, and row security is asked again each time.
/// </summary>
/// <param name="sql">selects the bytes of the piece with the number <c>@number</c></param>
/// <param name="keys">the statement's other parameters</param>
internal sealed class PieceStream(AppDb db, int size, string sql, params IReadOnlyList<NpgsqlParameter> keys) : Stream
{
    private const CommandBehavior OneLargeValue = CommandBehavior.SequentialAccess | CommandBehavior.SingleRow;

    private byte[]? _piece;
    private int _number = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Missing(buffer.Length) is { } number)
        {
            await FetchAsync(number, cancellationToken);
        }
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For readers of archives, which do not ask asynchronously everywhere.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (Missing(buffer.Length) is { } number)
        {
            Fetch(number);
        }
        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => size + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _piece is { } piece)
        {
            _piece = null;
            ArrayPool<byte>.Shared.Return(piece);
        }
        base.Dispose(disposing);
    }

    /// <summary>The piece to fetch before these many bytes can be taken; null: it is here, or there is nothing to take.</summary>
    private int? Missing(int count)
    {
        var number = (int)(_position / FileLimits.PieceBytes);
        return count > 0 && _position < size && number != _number ? number : null;
    }

    private int Take(Span<byte> buffer)
    {
        if (_position >= size || buffer.IsEmpty)
        {
            return 0;
        }
        var at = (int)(_position % FileLimits.PieceBytes);
        var count = Math.Min(buffer.Length, FileLimits.LengthOfPiece(size, _number) - at);
        _piece.AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private async Task FetchAsync(int number, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = Command(number);
            await using var reader = await command.ExecuteReaderAsync(OneLargeValue, cancellationToken);
            await using var bytes = await reader.ReadAsync(cancellationToken)
                ? await reader.GetStreamAsync(0, cancellationToken)
                : Stream.Null;
            await bytes.ReadExactlyAsync(Room(number), cancellationToken);
            _number = number;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private void Fetch(int number)
    {
        db.Database.OpenConnection();
        try
        {
            using var command = Command(number);
            using var reader = command.ExecuteReader(OneLargeValue);
            using var bytes = reader.Read() ? reader.GetStream(0) : Stream.Null;
            bytes.ReadExactly(Room(number).Span);
            _number = number;
        }
        finally
        {
            db.Database.CloseConnection();
        }
    }

    private NpgsqlCommand Command(int number)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new("number", number));
        foreach (var key in keys)
        {
            command.Parameters.Add(key.Clone());
        }
        return command;
    }

    /// <summary>Where the piece goes; what was there is gone.</summary>
    private Memory<byte> Room(int number)
    {
        _piece ??= ArrayPool<byte>.Shared.Rent(FileLimits.PieceBytes);
        _number = -1;
        return _piece.AsMemory(0, FileLimits.LengthOfPiece(size, number));
    }
}
