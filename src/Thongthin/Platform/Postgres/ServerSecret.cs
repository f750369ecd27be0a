using System.Security.Cryptography;
using System.Text;

namespace Thongthin.Platform.Postgres;

/// <summary>
/// The passwords of the private server: one random secret in a file that only the program's user reads; each role's
/// password is derived from it, so there is nothing else to keep or to lose.
/// </summary>
internal sealed class ServerSecret
{
    private readonly byte[] _secret;

    private ServerSecret(string file, byte[] secret) => (File, _secret) = (file, secret);

    /// <summary>Where it is kept.</summary>
    public string File { get; }

    public static ServerSecret ReadOrCreate(ServerFolder server)
    {
        if (!System.IO.File.Exists(server.PasswordFile))
        {
            if (Directory.Exists(server.Cluster))
            {
                throw new OperatorException(
                    $"ไม่พบแฟ้มรหัสผ่านของฐานข้อมูล {server.PasswordFile} โปรดนำแฟ้มนี้กลับมาจากสำเนาสำรองของโฟลเดอร์เก็บข้อมูล",
                    $"The database's password file {server.PasswordFile} is missing: bring it back from a backup of the data folder."
                );
            }
            WriteWhole(server.PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }
        return new ServerSecret(
            server.PasswordFile,
            Convert.FromHexString(System.IO.File.ReadAllText(server.PasswordFile).Trim())
        );
    }

    public string PasswordOf(string role) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(role)));

    /// <summary>The whole file or none: a program that ends in the middle leaves no half secret.</summary>
    private static void WriteWhole(string path, string text)
    {
        var making = $"{path}.making";
        System.IO.File.Delete(making);
        WritePrivate(making, text);
        System.IO.File.Move(making, path);
    }

    public static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
