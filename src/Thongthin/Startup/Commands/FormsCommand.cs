using System.CommandLine;

namespace Thongthin.Startup.Commands;

/// <summary><c>forms</c>: what authors of forms need.</summary>
internal static class FormsCommand
{
    public static Command Create(CommandServices services) =>
        new("forms", "Check, try and publish forms")
        {
            FormsCheck.Create(services),
            FormsEval.Create(services),
            FormsWrite.Create(services),
            FormsXForm.Create(services),
            FormsPublish.Create(services),
        };
}
