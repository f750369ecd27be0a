namespace Thongthin.Tests.Support;

internal static class TemporaryFolder
{
    /// <summary>A new folder that other users may enter: a server started by root runs as one of them.</summary>
    public static string Create()
    {
        var folder = Directory.CreateTempSubdirectory("thongthin-test-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
        }
        return folder;
    }
}
