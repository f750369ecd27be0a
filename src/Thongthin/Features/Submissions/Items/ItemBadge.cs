using Microsoft.AspNetCore.Html;
using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Items;

/// <summary>How far an item is, in words, with a drawing and a colour.</summary>
internal static class ItemBadge
{
    public static IHtmlContent Of(Texts texts, ItemRow item)
    {
        var text = texts["item.state." + SnakeCase.Of(item.State)];
        return item switch
        {
            { SheetId: not null, State: ItemState.Draft, Status: SheetStatus.Confirmed } => StateBadge.Html(
                "warning",
                "warning",
                texts["sheet.problems", item.BlockingIssues]
            ),
            { State: ItemState.Answered } => StateBadge.Html("done", "check", text),
            { State: ItemState.Draft } => StateBadge.Html("active", "pencil", text),
            { State: ItemState.Carried } => StateBadge.Html("active", "clock", text),
            _ => StateBadge.Html("neutral", "circle", text),
        };
    }
}
