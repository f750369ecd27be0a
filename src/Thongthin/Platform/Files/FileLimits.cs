namespace Thongthin.Platform.Files;

/// <summary>Sizes of files in bytes; the schema's constraints say the same.</summary>
internal static class FileLimits
{
    /// <summary>One file: 20 MB.</summary>
    public const int Bytes = 20 * 1024 * 1024;

    /// <summary>The same for people.</summary>
    public const int Megabytes = 20;

    /// <summary>Every piece but the last: what a break on the way can cost, and what the program holds of a file at a time.</summary>
    public const int PieceBytes = 256 * 1024;

    public const int ThumbnailBytes = 40 * 1024;

    /// <summary>Characters of a file's name.</summary>
    public const int NameLength = 200;

    /// <summary>Unfinished uploads of one person.</summary>
    public const int UploadsAtOnce = 20;

    /// <summary>An unfinished upload that rests this long is cleared.</summary>
    public static readonly TimeSpan UploadRests = TimeSpan.FromDays(3);

    /// <summary>Bytes of the piece with this number of a file of this size; 0 when there is no such piece.</summary>
    public static int LengthOfPiece(int size, int number) =>
        (int)Math.Clamp(size - (long)number * PieceBytes, 0, PieceBytes);
}
