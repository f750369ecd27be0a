using System.Text;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Tests.Spreadsheets;

public sealed class CsvWriterTests
{
    [Fact]
    public void Rows_AreInvariantQuotedWhereNeededAndEndWithCrLf() =>
        Written(
                false,
                ["no", "ชื่อ", "percent", "on", "recorded"],
                [1, "ก,\"ข\"", 4.80m, new DateOnly(2020, 6, 11), true]
            )
            .ShouldBe("no,ชื่อ,percent,on,recorded\r\n1,\"ก,\"\"ข\"\"\",4.80,2020-06-11,true\r\n");

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+66")]
    [InlineData("-x")]
    [InlineData("@cmd")]
    [InlineData("\t=1")]
    public void Text_ThatASpreadsheetWouldRun_GetsAnApostrophe(string text) =>
        Written(false, [text]).TrimEnd().ShouldBe($"\"'{text}\"");

    [Fact]
    public void Numbers_KeepTheirSign() => Written(false, [-5, -1.5m, null]).ShouldBe("-5,-1.5,\r\n");

    [Fact]
    public void ByteOrderMark_IsWrittenWhenAskedFor()
    {
        Written(true, ["ก"]).ShouldBe("\uFEFFก\r\n");
        Written(false, ["ก"]).ShouldBe("ก\r\n");
    }

    private static string Written(bool byteOrderMark, params object?[][] rows)
    {
        using var stream = new MemoryStream();
        using (var writer = new CsvWriter(stream, byteOrderMark))
        {
            foreach (var row in rows)
            {
                writer.Row(row);
            }
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
