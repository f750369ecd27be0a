using Microsoft.AspNetCore.Http;
using Thongthin.Platform.Web;

namespace Thongthin.Tests.Frame;

public sealed class TextsTests
{
    private static readonly TextCatalog Catalog = new(
        new Dictionary<string, TextPair>
        {
            ["days"] = new("เหลือ {0} วัน จาก {1} ใน 3 รอบ", "{0} of {1} days, 3 rounds"),
            ["days.one"] = new("-", "{0} day of {1}, 3 rounds"),
        },
        missingIsAnError: true
    );

    [Fact]
    public void Text_WithArguments_FillsThePlaceholdersInTheReadersDigits()
    {
        Of(thaiDigits: false)["days", 12, "ปี 2563"].ShouldBe("เหลือ 12 วัน จาก ปี 2563 ใน 3 รอบ");
        Of(thaiDigits: true)["days", 12, "ปี 2563"].ShouldBe("เหลือ ๑๒ วัน จาก ปี ๒๕๖๓ ใน ๓ รอบ");
    }

    [Fact]
    public void Text_InEnglish_HasItsSingular()
    {
        var english = Of(thaiDigits: false);
        english.Reader.Language = Language.English;
        english["days", 1, "7"].ShouldBe("1 day of 7, 3 rounds");
        english["days", 2, "7"].ShouldBe("2 of 7 days, 3 rounds");
    }

    private static Texts Of(bool thaiDigits) =>
        new(Catalog, new ReaderPreferences(new HttpContextAccessor()) { ThaiDigits = thaiDigits });
}
