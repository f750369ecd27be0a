using Microsoft.AspNetCore.Html;
using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>A state or property as a badge: words, a small drawing and a colour, so that none of them is the only cue.</summary>
internal static class StateBadge
{
    public static IHtmlContent Of(Texts texts, SubmissionState state) =>
        state switch
        {
            SubmissionState.NotStarted => Badge(texts, state, "neutral", "circle"),
            SubmissionState.InProgress => Badge(texts, state, "active", "pencil"),
            SubmissionState.Recorded => Badge(texts, state, "done", "check"),
            SubmissionState.Certified => Badge(texts, state, "certified", "seal"),
            SubmissionState.Returned => Badge(texts, state, "returned", "return"),
            SubmissionState.Exempt => Badge(texts, state, "neutral", "dash"),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    /// <summary>The state followed by the properties that a reader must know: nil, late, amended.</summary>
    public static IHtmlContent Of(Texts texts, SubmissionState state, bool isNil, bool isLate, bool isAmended = false)
    {
        var badges = new HtmlContentBuilder().AppendHtml(Of(texts, state));
        Add(isNil, "nil", "neutral", "dash");
        Add(isLate, "late", "warning", "clock");
        Add(isAmended, "amended", "warning", "pencil");
        return badges;

        void Add(bool applies, string key, string look, string icon)
        {
            if (applies)
            {
                badges.AppendHtml(" ").AppendHtml(Html(look, icon, texts["submission.is." + key]));
            }
        }
    }

    /// <summary>A record of a register: how far it is this year.</summary>
    public static IHtmlContent Of(Texts texts, SheetRow sheet) =>
        sheet switch
        {
            { Status: SheetStatus.Removed } => Html("neutral", "dash", texts["sheet.removed"]),
            { BlockingIssues: > 0 } => Html("warning", "warning", texts["sheet.problems", sheet.BlockingIssues]),
            { Status: SheetStatus.Confirmed } => Html("done", "check", texts["sheet.confirmed"]),
            _ => Html("active", "pencil", texts["sheet.draft"]),
        };

    public static IHtmlContent Html(string look, string icon, string text) =>
        new HtmlContentBuilder()
            .AppendHtml($"<span class=\"state state-{look}\">")
            .AppendHtml(Icons.Html(icon))
            .AppendHtml(" ")
            .Append(text)
            .AppendHtml("</span>");

    private static IHtmlContent Badge(Texts texts, SubmissionState state, string look, string icon) =>
        Html(look, icon, texts["state." + SnakeCase.Of(state)]);
}
