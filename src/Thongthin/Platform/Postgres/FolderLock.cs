namespace Thongthin.Platform.Postgres;

/// <summary>
/// A lock on a file that the operating system releases when its holder ends, however it ends (.NET opens with flock or,
/// on Windows, a sharing mode). Nothing is written, so nothing can be stale.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock; null when it could not be had in time.</summary>
    public static async Task<FolderLock?> WaitAsync(
        string path,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (TryExclusive(path) is { } held)
            {
                return held;
            }
            if (time.GetElapsedTime(started) > patience)
            {
                return null;
            }
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Nobody else, neither shared nor exclusive.</summary>
    public static FolderLock? TryExclusive(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Together with others that share.</summary>
    public static FolderLock? TryShared(string path) => TryOpen(path, FileAccess.Read, FileShare.Read);

    public void Dispose() => _file.Dispose();

    private static FolderLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException exception) when (exception is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return null;
        }
    }
}
