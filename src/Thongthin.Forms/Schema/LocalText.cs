namespace Thongthin.Forms.Schema;

/// <summary>One text in Thai and in English. Either may be missing (null); empty texts are stored as missing.</summary>
public sealed record LocalText(string? Th, string? En)
{
    public static readonly LocalText None = new(null, null);

    /// <summary>No language has a text.</summary>
    public bool IsEmpty => Th is null && En is null;

    /// <summary>The text in that language (<c>th</c> or <c>en</c>), else in the other one, else an empty string.</summary>
    public string In(string language) => (language == "en" ? En ?? Th : Th ?? En) ?? "";

    public override string ToString() => In("th");
}
