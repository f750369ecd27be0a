using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Verification;

/// <summary>Findings as lines and as JSON, for the command line.</summary>
public static class FindingReport
{
    /// <summary><c>FILE:SHEET:ROW:COLUMN: error F041: Thai / English</c>; parts that are not known are left out.</summary>
    public static IEnumerable<string> Lines(FormReading reading) => reading.Findings.Select(Line);

    /// <summary><c>{"file", "publishable", "form_id", "findings": [{"code", "severity", "sheet", "row", "column", "message": {"th", "en"}}]}</c>.</summary>
    public static JsonObject ToJson(string file, FormReading reading) =>
        new()
        {
            ["file"] = file,
            ["publishable"] = reading.IsPublishable,
            ["form_id"] = reading.Definition?.Id,
            ["findings"] = new JsonArray([.. reading.Findings.Select(ToJson)]),
        };

    private static string Line(Finding finding)
    {
        string?[] place =
        [
            finding.File,
            finding.Sheet,
            finding.Row?.ToString(CultureInfo.InvariantCulture),
            finding.Column,
        ];
        return $"{string.Join(':', place.OfType<string>())}: {SeverityOf(finding)} {finding.Code}: {finding.Message.Th} / {finding.Message.En}";
    }

    private static string SeverityOf(Finding finding) =>
        finding.Severity == FindingSeverity.Error ? "error" : "warning";

    private static JsonObject ToJson(Finding finding) =>
        new()
        {
            ["code"] = finding.Code,
            ["severity"] = SeverityOf(finding),
            ["sheet"] = finding.Sheet,
            ["row"] = finding.Row,
            ["column"] = finding.Column,
            ["message"] = new JsonObject { ["th"] = finding.Message.Th, ["en"] = finding.Message.En },
        };
}
