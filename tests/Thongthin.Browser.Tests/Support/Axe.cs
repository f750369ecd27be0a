using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Thongthin.Browser.Tests.Support;

/// <summary>What axe finds wrong with a page.</summary>
internal static class Axe
{
    private static readonly string script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Runs axe inside the page itself: the pages have no frames, and the library's own way opens another window for each run.
    /// Only what fails is described, which is most of the time that axe takes.
    /// </summary>
    /// <returns>a line for each rule that the page breaks, with the first elements</returns>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        if (await page.EvaluateAsync<bool>("!window.axe"))
        {
            await page.EvaluateAsync(script);
        }
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ['violations'], selectors: false, preload: false });
                return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
            }
            """
        );
    }
}
