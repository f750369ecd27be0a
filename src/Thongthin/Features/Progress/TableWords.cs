using Thongthin.Features.Accounts;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The words around a table, the same on page, print and spreadsheet: domain.md section 6.</summary>
internal static class TableWords
{
    public static string RoundTitle(Texts t, TableRound round) => t.Digits(t.Pick(round.TitleTh, round.TitleEn));

    /// <summary>ตารางสถานะการบันทึกข้อมูล … จังหวัดX</summary>
    public static string Title(Texts t, ProgressTable table)
    {
        var round = RoundTitle(t, table.Round);
        return table switch
        {
            { District: { } district, Province: { } province } => t[
                "progress.title.district",
                round,
                t.Pick(district.NameTh, district.NameEn),
                t.Pick(province.NameTh, province.NameEn)
            ],
            { Province: { } province } => t["progress.title.province", round, t.Pick(province.NameTh, province.NameEn)],
            _ => t["progress.title.national", round],
        };
    }

    /// <summary>ข้อมูล ณ วันที่ ๑๑ มิถุนายน ๒๕๖๓</summary>
    public static string AsOf(Texts t, ProgressTable table) => t["progress.as_of_note", t.Date(table.AsOf)];

    /// <summary>What is looked at, when it is not everything.</summary>
    public static string? Filter(Texts t, ProgressTable table)
    {
        var filter = table.Filter;
        if (filter.IsEmpty)
        {
            return null;
        }
        var parts = new List<string>();
        if (filter.TopicTh is { } topic)
        {
            parts.Add(t["progress.filter.said.topic", t.Pick(topic, filter.TopicEn)]);
        }
        if (filter.Sector is { } sector)
        {
            parts.Add(t["progress.filter.said.sector", sector, t[SectorKey(sector)]]);
        }
        if (filter.Kind is { } kind)
        {
            parts.Add(t["kind." + kind]);
        }
        if (filter.Done is { } done)
        {
            parts.Add(t[StateKey(table.Level, done)]);
        }
        return t["progress.filter.said", string.Join(" · ", parts)];
    }

    /// <summary>How many are done and their share, how many are not and theirs; then what else a reader must know.</summary>
    public static IReadOnlyList<string> Sentences(Texts t, ProgressTable table)
    {
        var place = table.Level switch
        {
            ProgressLevel.National => table.Filter.IsEmpty ? "country" : "selection",
            _ => "selection",
        };
        var sentences = new List<string>
        {
            t[
                "progress.sentence." + place + ".done",
                table.LaoCount,
                table.Recorded,
                t.Percent(table.Recorded, table.LaoCount)
            ],
            t["progress.sentence.not_done", table.NotRecorded, t.Percent(table.NotRecorded, table.LaoCount)],
        };
        if (table.Round.DoneMeans == DoneMeans.Certified)
        {
            sentences.Add(t["progress.note.certified"]);
        }
        if (table.Exempt > 0)
        {
            sentences.Add(t["progress.note.exempt", table.Exempt]);
        }
        if (table.Level == ProgressLevel.District && table.Laos.Any(r => !r.SupervisedByDistrict))
        {
            sentences.Add(t["progress.note.not_supervised"]);
        }
        return sentences;
    }

    /// <summary>The column headers of the table, in order.</summary>
    public static IReadOnlyList<string> Columns(Texts t, ProgressLevel level) =>
        level == ProgressLevel.National
            ?
            [
                t["progress.column.no"],
                t["progress.column.province"],
                t["progress.column.lao_count"],
                t["progress.column.recorded"],
                t["progress.column.not_recorded"],
                t["progress.column.percent"],
            ]
            :
            [
                t["progress.column.no"],
                t["progress.column.district"],
                t["progress.column.lao"],
                t["progress.column.recorded"],
                t["progress.column.lao_not_recorded"],
            ];

    public static string Lao(Texts t, LaoRow row) => Lao(t, row.Kind, row.LaoTh, row.LaoEn);

    /// <summary>ทต.วังกะพี้; in English its name and kind, for an อบจ. and a ทม. often share the name.</summary>
    public static string Lao(Texts t, string kind, string laoTh, string laoEn) =>
        t.Pick(laoTh, UnitLabel.English(kind, laoEn));

    public static string SectorKey(int sector) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"sector.{sector}");

    public static string StateKey(ProgressLevel level, bool done) =>
        (level, done) switch
        {
            (ProgressLevel.National, true) => "progress.filter.all_done",
            (ProgressLevel.National, false) => "progress.filter.not_all_done",
            (_, true) => "progress.filter.done",
            _ => "progress.filter.not_done",
        };
}
