namespace Thongthin.Bench;

/// <summary>A data folder that is gone afterwards.</summary>
internal sealed class BenchFolder : IDisposable
{
    public BenchFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            // started by root, the server runs as another user, who must be able to enter
            File.SetUnixFileMode(
                Path,
                File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("thongthin-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
