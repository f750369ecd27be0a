using System.Globalization;
using System.Text;

namespace Thongthin.Bench;

/// <summary>A form as large as asked, of the usual mix: numbers with rules and units, choices, texts, dates, sums, groups.</summary>
internal static class SyntheticForm
{
    private const int PerGroup = 20;

    /// <returns>Markdown tables</returns>
    public static string Of(string formId, int questions)
    {
        var text = new StringBuilder(
            """
            | survey |
            | | type | name | label::ไทย (th) | label::English (en) | required | relevant | constraint | constraint_message::ไทย (th) | constraint_message::English (en) | calculation | unit::ไทย (th) | unit::English (en) | yoy_bound |

            """
        );
        for (var i = 0; i < questions; i++)
        {
            if (i % PerGroup == 0)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| | begin_group | g{i} | ส่วนที่ {i} | Part {i} | | | | | | | | | |\n"
                );
            }
            text.Append("| | ").Append(Question(i)).Append(" |\n");
            if (i % PerGroup == PerGroup - 1 || i == questions - 1)
            {
                text.Append("| | end_group | | | | | | | | | | | | |\n");
            }
        }
        text.Append("| choices |\n| | list_name | name | label::ไทย (th) | label::English (en) |\n");
        Choices(text, "few", 6);
        Choices(text, "many", 250);
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            | settings |
            | | form_title::ไทย (th) | form_title::English (en) | form_id | version | default_language | sector | kind | first_fiscal_year |
            | | แบบสมมติ {questions} ข้อ | Synthetic form of {questions} | {formId} | 1 | ไทย (th) | 6 | annual | 2560 |

            """
        );
        return text.ToString();
    }

    private static string Question(int i)
    {
        var label = string.Create(
            CultureInfo.InvariantCulture,
            $"ข้อคำถามสมมติข้อที่ {i} | Synthetic question number {i}"
        );
        var before = string.Create(CultureInfo.InvariantCulture, $"q{Math.Max(0, i - 10)}");
        return (i % 10) switch
        {
            0 or 1 or 2 =>
                $"integer | q{i} | {label} | yes | | . >= 0 and not(. > 100000) | ต้องไม่ติดลบ | Not negative | | แห่ง | places | ±10%",
            3 or 4 =>
                $"decimal | q{i} | {label} | | ${{q{i - 3}}} > 0 | . <= ${{q{i - 3}}} * 100 | มากเกินไป | Too much | | กม. | km | ±20%",
            5 => $"select_one few | q{i} | {label} | yes | | | | | | | |",
            6 => $"select_one many | q{i} | {label} | | | | | | | | |",
            7 =>
                $"text | q{i} | {label} | | selected(${{q{i - 2}}}, 'c1') | string-length(.) <= 200 | ยาวเกินไป | Too long | | | |",
            8 => $"date | q{i} | {label} | | | . <= today() | ยังไม่ถึง | Not yet | | | |",
            _ =>
                $"calculate | q{i} | {label} | | | | | | coalesce(${{q{i - 9}}}, 0) + coalesce(${{q{i - 8}}}, 0) + coalesce(${{{(i > 10 ? before : $"q{i - 7}")}}}, 0) | แห่ง | places |",
        };
    }

    private static void Choices(StringBuilder text, string list, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| | {list} | c{i} | ตัวเลือกที่ {i} | Choice {i} |\n");
        }
    }
}
