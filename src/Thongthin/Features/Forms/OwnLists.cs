using Thongthin.Data;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Forms;

/// <summary>Choice lists that every form may use without writing them: <c>provinces</c>, <c>districts</c>, <c>countries</c>.</summary>
internal static class OwnLists
{
    private const string Bangkok = "10";

    private static readonly Dictionary<string, Lazy<ChoiceList>> Lists = new(StringComparer.Ordinal)
    {
        ["provinces.csv"] = new(() =>
            Read("provinces", "tis_code", "report_order", p => p["tis_code"] != Bangkok, null)
        ),
        ["districts.csv"] = new(() =>
            Read("districts", "tis_code", "report_order", d => d["province_code"] != Bangkok, "province_code")
        ),
        ["countries.csv"] = new(() => Read("countries", "code", null, _ => true, null)),
    };

    /// <param name="file">for example <c>provinces.csv</c></param>
    /// <returns>null when there is no such list</returns>
    public static ChoiceList? Find(string file) => Lists.GetValueOrDefault(file)?.Value;

    private static ChoiceList Read(string name, string code, string? order, Func<FactRow, bool> isIn, string? province)
    {
        var rows = Facts.Read(name + ".csv").Where(isIn);
        if (order is not null)
        {
            rows = rows.OrderBy(row => province is null ? "" : row[province], StringComparer.Ordinal)
                .ThenBy(row => row.Number(order));
        }
        return new ChoiceList(name, [.. rows.Select(row => ChoiceOf(row, code, province))]);
    }

    private static Choice ChoiceOf(FactRow row, string code, string? province)
    {
        var choice = new Choice(row[code], new LocalText(row["name_th"], row["name_en"]));
        return province is null
            ? choice
            : choice with
            {
                Columns = new Dictionary<string, string> { ["province"] = row[province] },
            };
    }
}
