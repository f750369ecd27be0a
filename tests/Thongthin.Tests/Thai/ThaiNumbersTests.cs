using Thongthin.Platform.Thai;

namespace Thongthin.Tests.Thai;

public sealed class ThaiNumbersTests
{
    [Fact]
    public void ThaiDigits_TurnDigitsAndNothingElse()
    {
        ThaiDigits.ToThai("มท 0810.2/ว 1464").ShouldBe("มท ๐๘๑๐.๒/ว ๑๔๖๔");
        ThaiDigits.ToArabic("มท ๐๘๑๐.๒/ว ๑๔๖๔").ShouldBe("มท 0810.2/ว 1464");
        ThaiDigits.ToThai("0123456789").ShouldBe("๐๑๒๓๔๕๖๗๘๙");
        ThaiDigits.ToThai("ไม่มี").ShouldBe("ไม่มี");
        ThaiDigits.ToThai("").ShouldBe("");
    }

    [Theory]
    [InlineData(292, 7850, "3.72")] // the letter truncated to 3.71
    [InlineData(3, 62, "4.84")]
    [InlineData(1, 61, "1.64")]
    [InlineData(1, 800, "0.13")] // 0.125: half goes up
    [InlineData(3, 800, "0.38")] // 0.375
    [InlineData(1, 3, "33.33")]
    [InlineData(2, 3, "66.67")]
    [InlineData(7850, 7850, "100.00")]
    [InlineData(0, 46, "0.00")]
    [InlineData(0, 0, "0.00")]
    public void Percent_HasTwoDecimalsHalfUp(long part, long whole, string expected) =>
        Percent.Format(part, whole).ShouldBe(expected);

    [Fact]
    public void Percent_InThaiDigits() => Percent.Format(292, 7850, Digits.Thai).ShouldBe("๓.๗๒");

    [Theory]
    [InlineData("2021-09-30", 2564)]
    [InlineData("2021-10-01", 2565)]
    [InlineData("2022-01-01", 2565)]
    [InlineData("2022-09-30", 2565)]
    [InlineData("2022-10-01", 2566)]
    public void FiscalYear_IsNamedByTheBuddhistYearInWhichItEnds(string day, int expected)
    {
        ThaiDate.TryParse(day, out var date).ShouldBeTrue();
        FiscalYear.Of(date).ShouldBe(expected);
    }

    [Fact]
    public void FiscalYear_RunsFromOctoberToSeptember()
    {
        FiscalYear.FirstDay(2565).ShouldBe(new DateOnly(2021, 10, 1));
        FiscalYear.LastDay(2565).ShouldBe(new DateOnly(2022, 9, 30));
        FiscalYear.Of(FiscalYear.FirstDay(2565)).ShouldBe(2565);
        FiscalYear.Of(FiscalYear.LastDay(2565)).ShouldBe(2565);
    }

    [Fact]
    public void BangkokTime_BeginsItsDaySevenHoursBeforeUtc()
    {
        BangkokTime.Day(new DateTimeOffset(2020, 6, 11, 16, 59, 59, TimeSpan.Zero)).ShouldBe(new DateOnly(2020, 6, 11));
        BangkokTime.Day(new DateTimeOffset(2020, 6, 11, 17, 0, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(2020, 6, 12));
        var end = BangkokTime.EndOfDay(new DateOnly(2020, 5, 31));
        end.ShouldBe(new DateTimeOffset(2020, 5, 31, 17, 0, 0, TimeSpan.Zero));
        BangkokTime.Day(end.AddTicks(-1)).ShouldBe(new DateOnly(2020, 5, 31));
        BangkokTime.Day(end).ShouldBe(new DateOnly(2020, 6, 1));
    }

    [Fact]
    public void ThaiCollation_ReadsTheLeadingVowelAfterItsConsonant()
    {
        string[] sorted =
        [
            "กระบี่",
            "ชุมพร",
            "เชียงราย",
            "เชียงใหม่",
            "ตรัง",
            "ไผ่ล้อม",
            "แม่พูล",
            "หาดกรวด",
            "อำนาจเจริญ",
        ];
        string[] mixed = [.. sorted.Reverse()];
        mixed.Order(ThaiCollation.Comparer).ShouldBe(sorted);
        // code points would put every leading vowel last
        mixed.Order(StringComparer.Ordinal).SequenceEqual(sorted).ShouldBeFalse();
    }

    [Fact]
    public void ThaiCollation_CountsNumbersAsNumbers() =>
        ((string[])["หมู่ 10", "หมู่ 9", "หมู่ 2"])
            .Order(ThaiCollation.Comparer)
            .ShouldBe(["หมู่ 2", "หมู่ 9", "หมู่ 10"]);
}
