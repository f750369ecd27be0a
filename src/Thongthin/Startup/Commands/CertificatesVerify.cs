using System.CommandLine;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform;
using Thongthin.Platform.Print;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>certificates verify FILE [--key PEM]</c>: checks a signed certificate as it was downloaded, or every one that a PDF carries,
/// without a database and without a network. Exit code 0 valid, 1 changed, 2 signed by a key that is not among the given ones. Without <c>--key</c> the file is
/// checked with the key that it brings, and the output says what that does not prove.
/// </summary>
internal static class CertificatesVerify
{
    /// <summary>Signed by somebody else.</summary>
    public const int UnknownKey = 2;

    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "A signed certificate as downloaded (JSON), or a PDF that carries certificates",
        };
        var key = new Option<FileInfo?>("--key")
        {
            Description = "The published keys, from /certificates/key.pem or the verb certificates key",
            HelpName = "PEM",
        };
        var command = new Command("verify", "Check a signed certificate, without a database") { file, key };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(file), parsed.GetValue(key), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        FileInfo? key,
        CancellationToken cancellationToken
    )
    {
        var bytes = await ReadAsync(file, cancellationToken);
        var trusted = key is null ? null : await ReadKeysAsync(key, cancellationToken);
        var worst = CommandLine.Done;
        try
        {
            foreach (var (name, certificate) in Certificates(file.Name, bytes))
            {
                var code = await CheckAsync(services, name, certificate, trusted);
                // changed is worse than unknown, whatever stands after it
                worst = worst == CommandLine.Findings || code == CommandLine.Done ? worst : code;
            }
        }
        catch (FormatException)
        {
            await services.Error.WriteLineAsync(
                $"{file.Name}: ไม่ใช่ใบรับรองที่ลงนาม หรือเสียหาย / is no signed certificate, or is damaged"
            );
            return CommandLine.Findings;
        }
        if (trusted is null && worst == CommandLine.Done)
        {
            await services.Out.WriteLineAsync(
                "ตรวจด้วยกุญแจที่มากับไฟล์ ซึ่งไม่พิสูจน์ว่าเป็นกุญแจของหน่วยงาน ให้ระบุกุญแจที่ประกาศด้วย --key / "
                    + "Checked with the key in the file, which does not prove whose key it is: give the published keys with --key."
            );
        }
        return worst;
    }

    /// <summary>The file itself, or what a PDF carries: the pages of a PDF prove nothing, its attachments do.</summary>
    /// <exception cref="FormatException">a PDF without a certificate, or a damaged one</exception>
    private static IReadOnlyList<PdfAttachment> Certificates(string name, byte[] bytes)
    {
        if (!PdfAttachments.IsPdf(bytes))
        {
            return [new PdfAttachment(name, bytes)];
        }
        return PdfAttachments.Read(bytes) is { Count: > 0 } attached
            ? attached
            : throw new FormatException("The PDF carries no certificate.");
    }

    /// <exception cref="FormatException">this is no signed certificate</exception>
    private static async Task<int> CheckAsync(
        CommandServices services,
        string name,
        byte[] bytes,
        IReadOnlyList<byte[]>? trusted
    )
    {
        var check = SignedCertificate.Check(bytes, trusted);
        var (code, outcome) = check switch
        {
            SignatureCheck.Valid => (CommandLine.Done, "ถูกต้อง / valid"),
            SignatureCheck.Changed => (
                CommandLine.Findings,
                "ถูกแก้ไข ไม่ตรงกับลายมือชื่อ / changed: the signature does not fit"
            ),
            _ => (UnknownKey, "ลงนามด้วยกุญแจที่ไม่รู้จัก / signed by an unknown key"),
        };
        await services.Out.WriteLineAsync($"{name}: {outcome}");
        if (check == SignatureCheck.Valid && SignedCertificate.SubjectOf(bytes) is { } subject)
        {
            await services.Out.WriteLineAsync($"  {subject}");
        }
        await services.Out.WriteLineAsync($"  กุญแจ / Key SHA-256: {SignedCertificate.FingerprintOf(bytes)}");
        return code;
    }

    private static async Task<IReadOnlyList<byte[]>> ReadKeysAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(file, cancellationToken));
        return SignedCertificate.KeysOf(text) is { Count: > 0 } keys
            ? keys
            : throw new OperatorException(
                $"ไม่มีกุญแจสาธารณะในไฟล์ {file.FullName}",
                $"There is no public key in {file.FullName}."
            );
    }

    private static async Task<byte[]> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = FormsCheck.Open(file);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
