namespace Thongthin.Platform.Print;

/// <summary>
/// Finds a Chromium-family browser on this machine: the setting THONGTHIN_BROWSER, then the usual names on PATH, then the
/// usual places of Windows and macOS. Nothing is downloaded.
/// </summary>
internal static class InstalledBrowser
{
    public const string Setting = "THONGTHIN_BROWSER";

    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "chrome",
        "microsoft-edge-stable",
        "microsoft-edge",
        "msedge",
    ];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        @"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        @"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        @"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
        @"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>What the setting says; null when it says nothing.</summary>
    public static string? Named => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? named : null;

    /// <summary>Path of the browser's program, or null when there is none.</summary>
    public static string? Find() => Find(Named);

    /// <param name="named">the program to use; null = search. One that is not there is not replaced by another.</param>
    public static string? Find(string? named)
    {
        if (named is not null)
        {
            return File.Exists(named) ? named : null;
        }
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .Concat(Places.Select(Environment.ExpandEnvironmentVariables))
            .FirstOrDefault(File.Exists);
    }
}
