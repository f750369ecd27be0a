namespace Thongthin.Platform.Files;

/// <summary>What may be stored.</summary>
internal enum FileKind
{
    Pdf,
    Jpeg,
    Png,
    Xlsx,
}

internal static class FileKinds
{
    private static readonly Dictionary<FileKind, (string ContentType, string Name, string[] Extensions)> Facts = new()
    {
        [FileKind.Pdf] = ("application/pdf", "PDF", [".pdf"]),
        [FileKind.Jpeg] = ("image/jpeg", "JPEG", [".jpg", ".jpeg", ".jpe", ".jfif"]),
        [FileKind.Png] = ("image/png", "PNG", [".png"]),
        [FileKind.Xlsx] = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel (.xlsx)",
            [".xlsx"]
        ),
    };

    public static string ContentType(this FileKind kind) => Facts[kind].ContentType;

    /// <summary>What people call it.</summary>
    public static string Name(this FileKind kind) => Facts[kind].Name;

    public static IReadOnlyList<string> Extensions(this FileKind kind) => Facts[kind].Extensions;

    /// <summary>Files with this extension may be stored.</summary>
    public static bool IsExtension(string extension) => Facts.Values.Any(fact => fact.Extensions.Contains(extension));

    public static bool IsPicture(this FileKind kind) => kind is FileKind.Jpeg or FileKind.Png;

    /// <summary>null: nothing of that type is stored.</summary>
    public static FileKind? Of(string contentType) =>
        Facts.Where(fact => fact.Value.ContentType == contentType).Select(fact => (FileKind?)fact.Key).FirstOrDefault();
}
