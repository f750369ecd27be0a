using System.Security.Cryptography;

namespace Thongthin.Platform.Security;

/// <summary>
/// The key outside the database that wraps the keys inside it (sessions, forms, signatures), so that a leaked backup of the
/// database forges nothing. It comes from the setting THONGTHIN_KEY (base64 of 32 bytes) or from a file in the data
/// folder, made at first start and readable by its owner alone. Several nodes share one key.
/// </summary>
internal sealed class WrappingKey
{
    public const string Setting = "THONGTHIN_KEY";
    public const string FileName = "thongthin.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    private WrappingKey(byte[] key) => _key = key;

    /// <summary>A key that nothing outlives: tests.</summary>
    public static WrappingKey Ephemeral() => new(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <exception cref="OperatorException">The setting or the file is not a key.</exception>
    public static WrappingKey Load(string? setting, string dataFolder) =>
        new(
            string.IsNullOrWhiteSpace(setting) ? FromFile(Path.Combine(dataFolder, FileName)) : Decode(setting, Setting)
        );

    /// <summary>AES-256-GCM: nonce, tag, text.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[NonceBytes + TagBytes + secret.Length];
        var nonce = wrapped.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(NonceBytes + TagBytes), wrapped.AsSpan(NonceBytes, TagBytes));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Wrapped with another key, or damaged.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A wrapped key is too short.");
        }
        var secret = new byte[wrapped.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            wrapped[..NonceBytes],
            wrapped[(NonceBytes + TagBytes)..],
            wrapped.Slice(NonceBytes, TagBytes),
            secret
        );
        return secret;
    }

    /// <summary>32 bytes for one purpose, always the same; they tell nothing of this key or of those for other purposes.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _key, KeyBytes, System.Text.Encoding.UTF8.GetBytes(purpose));

    private static byte[] FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Create(path);
        }
        return Decode(File.ReadAllText(path).Trim(), path);
    }

    /// <summary>Written whole under another name and then linked, so that two first starts agree on one key.</summary>
    private static void Create(string path)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var writer = new StreamWriter(draft, options))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static byte[] Decode(string text, string source)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes
            ? key
            : throw new OperatorException(
                $"{source} ไม่ใช่กุญแจที่ถูกต้อง ต้องเป็น base64 ของ 32 ไบต์",
                $"{source} is not a key: it must be the base64 of 32 bytes."
            );
    }
}
