using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Thongthin.Platform.Web;

/// <summary>
/// A form whose token does not fit (another person signed in meanwhile, cookies were cleared) is answered by a page that
/// helps: its own author may send it again with everything typed; for anybody else nothing of it is shown.
/// </summary>
internal sealed class AntiforgeryFailurePage : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not IAntiforgeryValidationFailedResult)
        {
            return;
        }
        var http = context.HttpContext;
        http.Items[FormLimits.ReasonItem] = "form_expired";
        http.Items[typeof(KeptForm)] = http.RequestServices.GetRequiredService<FormKeeper>().Keep(http);
        context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}
