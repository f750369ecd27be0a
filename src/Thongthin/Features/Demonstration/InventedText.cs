using Thongthin.Forms.Schema;

namespace Thongthin.Features.Demonstration;

/// <summary>A text that says whose it is and that it is invented.</summary>
internal static class InventedText
{
    /// <param name="place">the LAO, and which thing of it: <c>อบต.แสนตอ 2</c></param>
    /// <param name="holds">whether the rules allow a text</param>
    /// <returns>null where none was found that the rules allow</returns>
    public static string? Of(Question question, string place, Func<string, bool> holds) =>
        Candidates(question, place).FirstOrDefault(holds);

    private static IEnumerable<string> Candidates(Question question, string place)
    {
        if (question.Appearance is { } appearance)
        {
            if (appearance.Contains("tel", StringComparison.Ordinal))
            {
                yield return "020000000";
            }
            if (appearance.Contains("email", StringComparison.Ordinal))
            {
                yield return "saraban@example.go.th";
            }
        }
        if (question.Name.EndsWith("position", StringComparison.Ordinal))
        {
            yield return "ปลัดองค์กรปกครองส่วนท้องถิ่น";
        }
        var label = question.Label.In("th");
        // a name begins with what is named: ชื่อโรงเรียน → โรงเรียน…
        yield return label.StartsWith("ชื่อ", StringComparison.Ordinal)
            ? $"{label["ชื่อ".Length..]} {place} (สาธิต)"
            : $"{label} ของ {place} (ข้อมูลสาธิต)";
        yield return $"{place} (สาธิต)";
        yield return "สาธิต";
    }
}
