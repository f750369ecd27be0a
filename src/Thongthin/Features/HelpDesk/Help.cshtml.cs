using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;

namespace Thongthin.Features.HelpDesk;

/// <summary>How the work goes, the reader's own role first.</summary>
internal sealed class HelpModel(CurrentActor current) : PageModel
{
    private static readonly Dictionary<string, string[]> Steps = new(StringComparer.Ordinal)
    {
        ["recorder"] = ["help.recorder.1", "help.recorder.2", "help.recorder.3", "help.recorder.4"],
        ["certifier"] = ["help.certifier.1", "help.certifier.2", "help.certifier.3"],
        ["officer"] = ["help.officer.1", "help.officer.2", "help.officer.3"],
        ["administrator"] = ["help.administrator.1", "help.administrator.2"],
    };

    private static readonly Dictionary<Role, string> Own = new()
    {
        [Role.Recorder] = "recorder",
        [Role.Certifier] = "certifier",
        [Role.Officer] = "officer",
        [Role.Administrator] = "administrator",
    };

    public IEnumerable<string> Parts
    {
        get
        {
            var own = current.Value.Role is { } role ? Own.GetValueOrDefault(role) : null;
            return Steps.Keys.OrderBy(part => part == own ? 0 : 1);
        }
    }

    public IReadOnlyList<string> StepsOf(string part) => Steps[part];
}
