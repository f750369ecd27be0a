using Thongthin.Platform.Thai;

namespace Thongthin.Tests.Thai;

public sealed class ThaiDateTests
{
    [Theory]
    [InlineData("2020-06-11")]
    [InlineData("2563-06-11")] // the command line's Buddhist spelling
    [InlineData("2563-6-11")]
    [InlineData("11/6/2563")]
    [InlineData("11/06/2020")] // a year before 2400 is Gregorian
    [InlineData("11-06-2563")]
    [InlineData("11.6.2563")]
    [InlineData("๑๑/๖/๒๕๖๓")]
    [InlineData("๑๑ มิถุนายน ๒๕๖๓")]
    [InlineData("11 มิถุนายน 2020")]
    [InlineData("11 มิถุนายน พ.ศ. 2563")]
    [InlineData("11 มิถุนายน ค.ศ. 2020")]
    [InlineData("วันพฤหัสบดีที่ ๑๑ มิถุนายน ๒๕๖๓")]
    [InlineData("วันที่ 11 มิถุนายน 2563")]
    [InlineData("11 มิ.ย. 63")] // two digits after a Thai month: 2563
    [InlineData("11 มิ.ย. 2563")]
    [InlineData("11มิย63")]
    [InlineData("11 June 2020")]
    [InlineData("11 jun 2020")]
    [InlineData("Thursday 11 June 2020")]
    [InlineData("  11/6/2563  ")]
    public void TryParse_OfTheWaysToTypeADay_ReadsTheSameDay(string text)
    {
        ThaiDate.TryParse(text, out var date).ShouldBeTrue();
        date.ShouldBe(new DateOnly(2020, 6, 11));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("31/6/2563")] // June has 30 days
    [InlineData("29/2/2562")] // 2019 is no leap year
    [InlineData("2563-13-01")]
    [InlineData("0/6/2563")]
    [InlineData("6/2563")]
    [InlineData("11/6/63")] // century unknown
    [InlineData("11 June 63")]
    [InlineData("11 มิถุนา 2563")]
    [InlineData("11 มิถุนายน 563")]
    [InlineData("11 มิถุนายน 2563 เวลา 9.00")]
    [InlineData("พรุ่งนี้")]
    [InlineData("2020-06-11T00:00:00")]
    public void TryParse_OfWhatIsNoDay_SaysSo(string? text) => ThaiDate.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("29/2/2563", 2020, 2, 29)]
    [InlineData("29 กุมภาพันธ์ 2563", 2020, 2, 29)]
    [InlineData("31 ธ.ค. 42", 1999, 12, 31)]
    [InlineData("1/1/2400", 1857, 1, 1)] // the first year that is Buddhist
    [InlineData("1/1/2399", 2399, 1, 1)] // the last that is not
    public void TryParse_AtTheEdges_ReadsTheDay(string text, int year, int month, int day)
    {
        ThaiDate.TryParse(text, out var date).ShouldBeTrue();
        date.ShouldBe(new DateOnly(year, month, day));
    }

    [Fact]
    public void EveryMonth_WrittenInEachFormat_IsReadBack()
    {
        for (var day = new DateOnly(2019, 12, 27); day.Year < 2021; day = day.AddDays(17))
        {
            foreach (
                var text in (string[])
                    [
                        ThaiDate.Long(day),
                        ThaiDate.Long(day, Digits.Arabic),
                        ThaiDate.LongWithWeekday(day),
                        ThaiDate.Short(day),
                        ThaiDate.English(day),
                        ThaiDate.EnglishWithWeekday(day),
                        ThaiDate.Typed(day),
                    ]
            )
            {
                ThaiDate.TryParse(text, out var read).ShouldBeTrue(text);
                read.ShouldBe(day, text);
            }
        }
    }

    [Fact]
    public void Formats_AreTheOfficialOnes()
    {
        var day = new DateOnly(2020, 8, 31);
        ThaiDate.Long(day).ShouldBe("๓๑ สิงหาคม ๒๕๖๓");
        ThaiDate.Long(day, Digits.Arabic).ShouldBe("31 สิงหาคม 2563");
        ThaiDate.LongWithWeekday(day).ShouldBe("วันจันทร์ที่ ๓๑ สิงหาคม ๒๕๖๓");
        ThaiDate.Short(day, Digits.Arabic).ShouldBe("31 ส.ค. 63");
        ThaiDate.English(day).ShouldBe("31 August 2020");
        ThaiDate.EnglishWithWeekday(day).ShouldBe("Monday 31 August 2020");
        ThaiDate.Typed(new DateOnly(2020, 6, 1)).ShouldBe("01/06/2563");
        ThaiDate.Short(new DateOnly(1957, 6, 1), Digits.Arabic).ShouldBe("1 มิ.ย. 00");
    }
}
