using Microsoft.AspNetCore.Http.Features;

namespace Thongthin.Platform.Web;

/// <summary>
/// An empty answer of 400 or above is replaced by a page that helps, at the same address and with the same status.
/// For a posted form without a session that page is the sign-in page. Requests of scripts keep their bare status.
/// </summary>
internal static class HelpPages
{
    public static IApplicationBuilder UseHelpPages(this IApplicationBuilder app) =>
        app.Use(
            async (HttpContext context, RequestDelegate next) =>
            {
                await next(context);
                var response = context.Response;
                if (
                    response.HasStarted
                    || response.StatusCode < 400
                    || response.ContentLength.HasValue
                    || !string.IsNullOrEmpty(response.ContentType)
                    || SessionEnded.IsScript(context.Request)
                )
                {
                    return;
                }
                await RunPageAsync(context, next);
            }
        );

    private static async Task RunPageAsync(HttpContext context, RequestDelegate next)
    {
        var status = context.Response.StatusCode;
        var (method, path, query) = (context.Request.Method, context.Request.Path, context.Request.QueryString);
        context.Items[typeof(FailedRequest)] = new FailedRequest(status, method, path + query);
        context.SetEndpoint(null);
        context.Features.Get<IRouteValuesFeature>()?.RouteValues.Clear();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = status == StatusCodes.Status401Unauthorized ? "/sign-in" : $"/error/{status}";
        context.Request.QueryString = QueryString.Empty;
        // The page is a GET: it must not stumble over a form that was refused.
        var (form, contentType) = (context.Features.Get<IFormFeature>(), context.Request.ContentType);
        context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        context.Request.ContentType = null;
        try
        {
            await next(context);
        }
        finally
        {
            (context.Request.Method, context.Request.Path, context.Request.QueryString) = (method, path, query);
            context.Features.Set(form);
            context.Request.ContentType = contentType;
        }
    }
}

/// <summary>The request that a help page answers for.</summary>
internal sealed record FailedRequest(int Status, string Method, string PathAndQuery);
