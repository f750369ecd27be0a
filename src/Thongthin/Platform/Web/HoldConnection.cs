using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>
/// One page request of a member holds one open connection, so that the actor is named to the database once and not before
/// every query. A membership that ended since sign-in is found here: the session ends with it.
/// </summary>
internal sealed class HoldConnection(AppDb db, CurrentActor current) : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        // The page about a fault must not need what may have failed.
        var isFault = context.HttpContext.Items[typeof(FailedRequest)] is FailedRequest { Status: >= 500 };
        if (current.Value.Kind == ActorKind.Person && !isFault)
        {
            try
            {
                await db.Database.OpenConnectionAsync(context.HttpContext.RequestAborted);
            }
            catch (PostgresException e) when (e.SqlState == "TH001")
            {
                await context.HttpContext.SignOutAsync();
                context.Result = new RedirectResult("/sign-in?ended=membership");
                return;
            }
        }
        await next();
    }
}
