using System.Security.Cryptography;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// The one password of all invented people: drawn when the demonstration is first loaded and kept beside its data, so
/// that no installation shares it with another.
/// </summary>
internal static class DemonstrationPassword
{
    private const string FileName = "demonstration-password";

    // without the letters and digits that are mistaken for one another
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";
    private const string DigitsOnly = "23456789";

    public static async Task<string> ReadOrMakeAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (File.Exists(path))
        {
            var kept = await File.ReadAllTextAsync(path, cancellationToken);
            if (kept.Trim() is { Length: > 0 } password)
            {
                return password;
            }
        }
        var made =
            $"Demo-{RandomNumberGenerator.GetString(Letters, 6)}-{RandomNumberGenerator.GetString(DigitsOnly, 4)}";
        System.IO.Directory.CreateDirectory(dataFolder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        await using var file = new StreamWriter(path, options);
        await file.WriteLineAsync(made.AsMemory(), cancellationToken);
        return made;
    }
}
