namespace Thongthin.Features.Shared;

/// <summary>
/// A page that asks before something that cannot simply be undone: what will happen, one button that names the act, and the
/// way back. Rendered by <c>&lt;partial name="_Confirm" model="…" /&gt;</c>; it posts to the page's own address.
/// </summary>
/// <param name="Title">the question, as the page's heading</param>
/// <param name="Body">what will happen, one sentence each</param>
/// <param name="Button">the act, as a verb</param>
/// <param name="Back">the page to return to without doing anything</param>
/// <param name="IsDestructive">a red button</param>
/// <param name="Fields">hidden fields that are posted with it</param>
internal sealed record Confirmation(
    string Title,
    IReadOnlyList<string> Body,
    string Button,
    string Back,
    bool IsDestructive = false,
    IReadOnlyDictionary<string, string>? Fields = null
);
