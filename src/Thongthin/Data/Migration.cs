using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Thongthin.Data;

/// <summary>One numbered step of the schema, and the checksum by which a later change of it is noticed.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>SHA-256 of the text with Unix line ends, so that a checkout on Windows has the same.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations that this program carries, in order.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return Parse(name[Prefix.Length..], reader.ReadToEnd());
                })
                .OrderBy(migration => migration.Number),
        ];
    }

    /// <param name="fileName">as <c>0001_directory.sql</c></param>
    /// <param name="sql">the file's text</param>
    /// <exception cref="FormatException">the name has no number</exception>
    public static Migration Parse(string fileName, string sql)
    {
        var name = Path.GetFileNameWithoutExtension(fileName);
        var underscore = name.IndexOf('_', StringComparison.Ordinal);
        return
            underscore > 0
            && int.TryParse(name[..underscore], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Migration(number, name, sql)
            : throw new FormatException($"{fileName}: a migration is named NNNN_name.sql");
    }
}
