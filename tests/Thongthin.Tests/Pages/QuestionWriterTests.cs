using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Web;

namespace Thongthin.Tests.Pages;

/// <summary>
/// The contract of every question type: a name in words tied to the control, the control's id is the path, the error beside it
/// and tied to it, what is not relevant hidden but kept, and nothing that was typed ever read as markup.
/// </summary>
public sealed class QuestionWriterTests
{
    private const string Markdown = """
        | settings |
        |          | form_title::ไทย (th) | form_title::English (en) | form_id  | version | default_language | sector | kind   | first_fiscal_year |
        |          | แบบสมมติ              | Invented form            | invented | 1       | ไทย (th)         | 6      | annual | 2560              |
        | survey |
        |        | type                 | name       | label::ไทย (th) | label::English (en) | hint::ไทย (th) | required | relevant        | calculation | appearance | unit::ไทย (th) |
        |        | text                 | a_text     | ข้อความ          | Text                | คำใบ้           | yes      |                 |             |            |               |
        |        | text                 | a_memo     | ข้อความยาว       | Memo                |               |          |                 |             | multiline  |               |
        |        | integer              | a_whole    | จำนวน           | Count               |               | yes      |                 |             |            | แห่ง           |
        |        | decimal              | a_decimal  | ระยะทาง         | Length              |               |          |                 |             |            | กม.           |
        |        | date                 | a_day      | วันที่            | Day                 |               |          |                 |             |            |               |
        |        | select_one few       | a_choice   | เลือกหนึ่ง        | Choose one          |               | yes      |                 |             |            |               |
        |        | select_one few       | a_list     | เลือกจากรายการ   | From a list         |               |          |                 |             | minimal    |               |
        |        | select_multiple few  | a_set      | เลือกหลายข้อ      | Choose some         |               |          |                 |             |            |               |
        |        | range                | a_range    | ช่วง             | Range               |               |          |                 |             |            |               |
        |        | time                 | a_time     | เวลา            | Time                |               |          |                 |             |            |               |
        |        | dateTime             | a_moment   | วันเวลา          | Moment              |               |          |                 |             |            |               |
        |        | geopoint             | a_place    | พิกัด            | Place               |               |          |                 |             |            |               |
        |        | geoshape             | an_area    | พื้นที่            | Area                |               |          |                 |             |            |               |
        |        | barcode              | a_code     | รหัสแท่ง         | Barcode             |               |          |                 |             |            |               |
        |        | acknowledge          | an_ok      | อ่านแล้ว         | Read it             |               |          |                 |             |            |               |
        |        | rank few             | a_rank     | จัดลำดับ         | Rank                |               |          |                 |             |            |               |
        |        | select_one many      | a_long     | รายการยาว       | A long list         |               |          |                 |             |            |               |
        |        | note                 | a_note     | โปรดอ่าน         | Please read         |               |          |                 |             |            |               |
        |        | calculate            | a_sum      | ผลรวม           | Sum                 |               |          |                 | ${a_whole} * 2 |         |               |
        |        | text                 | a_hidden   | ซ่อนไว้          | Hidden              |               |          | ${a_whole} = 99 |             |            |               |
        | choices |
        |         | list_name | name | label::ไทย (th) | label::English (en) |
        |         | few       | one  | หนึ่ง             | One                 |
        |         | few       | two  | สอง             | Two                 |
        """;

    private static string Whole =>
        Markdown
        + string.Concat(
            Enumerable
                .Range(1, 60)
                .Select(i => $"\n|         | many      | c{i}  | ตัวเลือก {Math.Min(i, 59)} | Choice {i} |")
        );

    public static TheoryData<string> Typed { get; } =
    [
        "a_text",
        "a_memo",
        "a_whole",
        "a_decimal",
        "a_day",
        "a_choice",
        "a_list",
        "a_set",
        "a_range",
        "a_time",
        "a_moment",
        "a_place",
        "an_area",
        "a_code",
        "an_ok",
        "a_rank",
        "a_long",
    ];

    [Theory]
    [MemberData(nameof(Typed))]
    public void EveryType_TiesItsNameAndItsErrorToTheControl(string name)
    {
        var document = Render(
            ("a_whole", "สิบ"),
            ("a_decimal", "1,2,3"),
            ("a_day", "31/2/2563"),
            ("a_choice", "three"),
            ("a_list", "three"),
            ("a_set", "one three"),
            ("a_range", "11"),
            ("a_time", "25:00"),
            ("a_moment", "เมื่อวาน"),
            ("a_place", "100 200"),
            ("an_area", "1 1"),
            ("a_rank", "one three"),
            ("a_long", "ไม่มี")
        );

        var control = document.GetElementById(name).ShouldNotBeNull();
        control.GetAttribute("name").ShouldBe("f." + name);
        var field = control.Closest("[data-path]").ShouldNotBeNull();
        field.GetAttribute("data-path").ShouldBe(name);
        var isFieldset = field.LocalName == "fieldset";
        (isFieldset ? field.QuerySelector("legend") : document.QuerySelector($"label[for='{name}']"))
            .ShouldNotBeNull()
            .TextContent.Trim()
            .ShouldNotBeEmpty();
        if (document.GetElementById(name + "-error") is null)
        {
            control.HasAttribute("aria-invalid").ShouldBeFalse();
        }
        else
        {
            control.GetAttribute("aria-invalid").ShouldBe("true");
            control.GetAttribute("aria-describedby")!.ShouldContain(name + "-error");
        }
    }

    [Theory]
    [InlineData("a_whole", "สิบ")]
    [InlineData("a_day", "31/2/2563")]
    [InlineData("a_text", "<b>\"ไม่ใช่\" markup</b>")]
    public void TypedText_IsShownAgainAsItIs(string name, string typed)
    {
        var document = Render((name, typed));

        document.GetElementById(name)!.GetAttribute("value").ShouldBe(typed);
        document.QuerySelector("b").ShouldBeNull();
    }

    [Fact]
    public void Values_AreShownAsPeopleTypeThem()
    {
        var document = Render(("a_whole", "12345"), ("a_day", "2020-06-11"), ("a_set", "two one"), ("a_list", "two"));

        document.GetElementById("a_whole")!.GetAttribute("value").ShouldBe("12,345");
        document.GetElementById("a_day")!.GetAttribute("value").ShouldBe("11/06/2563");
        document.QuerySelectorAll("[name='f.a_set'][checked]").Length.ShouldBe(2);
        document.QuerySelector("#a_list option[selected]")!.GetAttribute("value").ShouldBe("two");
        document.GetElementById("a_sum")!.TextContent.ShouldBe("24,690");
    }

    [Fact]
    public void LongList_IsWrittenOnceAndReadByItsTexts()
    {
        var document = Render(("a_long", "ตัวเลือก 5"));

        document.GetElementById("a_long")!.GetAttribute("value").ShouldBe("ตัวเลือก 5");
        document.GetElementById("a_long")!.GetAttribute("list").ShouldBe("list-many");
        document.QuerySelectorAll("#list-many option").Length.ShouldBe(60);
        // Two choices of one label are told apart by their names.
        document.QuerySelectorAll("#list-many option[value='ตัวเลือก 59 (c60)']").Length.ShouldBe(1);
        document.GetElementById("a_long-error").ShouldBeNull();
    }

    [Fact]
    public void Rank_HasAListForEveryPlace()
    {
        var document = Render(("a_rank", "two one"));

        document
            .QuerySelectorAll("[name='f.a_rank'] option[selected]")
            .Select(o => o.GetAttribute("value"))
            .ShouldBe(["two", "one"]);
    }

    [Fact]
    public void NotRelevant_IsHiddenAndKept()
    {
        var document = Render(("a_hidden", "ยังอยู่"));

        document.QuerySelector("[data-path='a_hidden']")!.HasAttribute("hidden").ShouldBeTrue();
        document.GetElementById("a_hidden")!.GetAttribute("value").ShouldBe("ยังอยู่");
    }

    [Fact]
    public void OptionalRadios_OfferNoAnswer_RequiredOnesDoNot()
    {
        var document = Render();

        document.QuerySelectorAll("[name='f.a_choice']").Length.ShouldBe(2);
        document.QuerySelector("[data-path='a_choice'] [data-required]")!.HasAttribute("hidden").ShouldBeFalse();
        document.QuerySelector("[data-path='a_decimal'] [data-required]")!.HasAttribute("hidden").ShouldBeTrue();
    }

    private static IDocument Render(params (string Path, string Typed)[] fields)
    {
        var form = XlsFormReader.Read(Whole, "invented.md").Definition.ShouldNotBeNull();
        var sheet = AnswerSheet.Empty.Apply(form, fields.ToDictionary(f => f.Path, f => f.Typed)).Sheet;
        var evaluation = FormEvaluation.Evaluate(form, sheet, new EvaluationContext(new DateOnly(2020, 1, 15), 2563));
        var texts = new Texts(TextCatalog.LoadEmbedded(true), new ReaderPreferences(new HttpContextAccessor()));
        var view = new SheetView(new EntryContext(form, texts), evaluation, "");
        using var writer = new StringWriter();
        new EntryForm(view).WriteTo(writer, HtmlEncoder.Default);
        return new HtmlParser().ParseDocument(writer.ToString());
    }
}
