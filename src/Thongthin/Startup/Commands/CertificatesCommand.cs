using System.CommandLine;
using System.Globalization;
using Thongthin.Data;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform;
using Thongthin.Platform.Security;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>certificates</c>: signs what has no signature yet, changes the key, prints the public keys, and checks a downloaded file
/// (<see cref="CertificatesVerify"/>).
/// </summary>
internal static class CertificatesCommand
{
    private const string ActorName = "certificates";

    public static Command Create(CommandServices services) =>
        new("certificates", "Signatures of certificates, and the keys that made them")
        {
            Sign(services),
            RotateKey(services),
            Key(services),
            CertificatesVerify.Create(services),
        };

    /// <summary>
    /// What every start does before it serves: there is a key that this program can use, and nothing is unsigned. It says
    /// something only when there was something to do.
    /// </summary>
    /// <exception cref="OperatorException">the installation's key is not the one that wrapped the signing key</exception>
    public static async Task<int> SignAllAsync(
        CommandServices services,
        string connectionString,
        WrappingKey wrapping,
        CancellationToken cancellationToken
    )
    {
        await using var databases = new AppDbFactory(connectionString);
        var actor = Actor.Job(services.TimeProvider, ActorName);
        await using var db = databases.Create(actor);
        var signer = new CertificateSigner(databases, wrapping, services.TimeProvider);
        return await new SignCertificates(db, signer).ExecuteAsync(
            actor,
            count =>
                services.Out.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"ลงนามใบรับรองแล้ว {count} ฉบับ / {count} certificates signed"
                    )
                ),
            cancellationToken
        );
    }

    private static Command Sign(CommandServices services)
    {
        var command = new Command("sign", "Sign the certificates that have no signature yet, as every start does");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                var wrapping = services.LoadWrappingKey();
                await SignAllAsync(services, database.ConnectionString, wrapping, cancellationToken);
                await services.Out.WriteLineAsync("ใบรับรองทุกฉบับมีลายมือชื่อแล้ว / Every certificate is signed.");
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command RotateKey(CommandServices services)
    {
        var command = new Command("rotate-key", "Sign with a new key from now on; the old public key stays published");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                await using var databases = new AppDbFactory(database.ConnectionString);
                var actor = Actor.Job(services.TimeProvider, ActorName);
                await using var db = databases.Create(actor);
                var id = await new RotateSigningKey(db, services.LoadWrappingKey()).ExecuteAsync(
                    actor,
                    cancellationToken
                );
                await services.Out.WriteLineAsync($"กุญแจใหม่ / The new key: {id}");
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command Key(CommandServices services)
    {
        var command = new Command("key", "Print the public keys, in use and retired, as PEM");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await using var database = await services.OpenDatabaseAsync(cancellationToken);
                await using var databases = new AppDbFactory(database.ConnectionString);
                await using var db = databases.Create(Actor.Job(services.TimeProvider, ActorName));
                var keys = await new PublishedKeys(db).ListAsync(cancellationToken);
                await services.Out.WriteAsync(PublishedKeys.Pem(keys));
                return CommandLine.Done;
            }
        );
        return command;
    }
}
