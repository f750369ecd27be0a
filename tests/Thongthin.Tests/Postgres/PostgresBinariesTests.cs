using Thongthin.Platform;
using Thongthin.Platform.Postgres;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Postgres;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            // A folder that was closed for the test must be open again to be removed.
            foreach (var folder in Directory.GetDirectories(_folder))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Find_WhenTheNamedFolderHasNoPrograms_SaysWhatToDo()
    {
        var settings = new EmbeddedPostgresSettings
        {
            DataFolder = _folder,
            BinariesFolder = Path.Combine(_folder, "none"),
        };

        var refusal = await Should.ThrowAsync<OperatorException>(() => EmbeddedPostgres.StartAsync(settings, default));

        refusal.English.ShouldContain("THONGTHIN_POSTGRES_BIN");
        refusal.English.ShouldContain("npm ci");
        refusal.English.ShouldContain(Path.Combine(_folder, "none"));
    }

    [Fact]
    public async Task Find_WithoutASetting_TakesTheNpmPackageAndMakesItsLinks()
    {
        var binaries = await FindAsync(null);

        binaries.Folder.ShouldContain("@embedded-postgres");
        binaries.MajorVersion.ShouldBe(18);
        if (OperatingSystem.IsLinux())
        {
            File.Exists(Path.Combine(binaries.Folder, "..", "lib", "libpq.so.5")).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Find_WhenTheProgramsCannotBeReachedOrCompleted_UsesACopyInTheDataFolder()
    {
        // The package without its links, where nobody but its owner may enter and not even the owner may write: a server
        // started by root cannot reach it, anybody else cannot complete it.
        var original = (await FindAsync(null)).Folder;
        var package = Path.Combine(_folder, "closed");
        CopyWithoutLinks(Path.GetDirectoryName(original)!, Path.Combine(package, "native"));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.GetDirectories(package, "*", SearchOption.AllDirectories).Append(package))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        var binaries = await FindAsync(Path.Combine(package, "native", "bin"));

        if (!OperatingSystem.IsWindows())
        {
            binaries.Folder.ShouldStartWith(Path.Combine(_folder, "data", "postgres", "binaries-"));
        }
        binaries.MajorVersion.ShouldBe(18);
        foreach (var folder in Directory.GetDirectories(package, "*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    private async Task<PostgresBinaries> FindAsync(string? named)
    {
        var account = ServerAccount.Current();
        var settings = new EmbeddedPostgresSettings
        {
            DataFolder = Path.Combine(_folder, "data"),
            BinariesFolder = named,
        };
        var server = ServerFolder.Open(settings.DataFolder, account);
        await account.OwnAsync(server.ClusterParent, default);
        return await PostgresBinaries.FindAsync(settings, server, account, default);
    }

    private static void CopyWithoutLinks(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from))
        {
            CopyWithoutLinks(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
        foreach (var file in new DirectoryInfo(from).GetFiles().Where(file => file.LinkTarget is null))
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }
    }
}
