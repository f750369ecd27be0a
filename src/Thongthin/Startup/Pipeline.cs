using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Thongthin.Platform.Web;

namespace Thongthin.Startup;

/// <summary>
/// The order of the pipeline. Errors and refusals are answered by re-running the request on a help page, so that page
/// stands outside everything that may refuse: limits, sign-in, policies, antiforgery.
/// </summary>
internal static class Pipeline
{
    public static void UseThongthin(this WebApplication app, WebSettings settings)
    {
        app.UseForwardedHeaders();
        if (!settings.IsPlainLoopback)
        {
            app.UseHsts();
        }
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => Cache(file.Context) });
        app.UseHelpPages();
        // Leaves a bare 500, which the line above answers with a page that carries the reference.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.UseRouting();
        app.UseFormLimits();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapRazorPages();
    }

    /// <summary>A versioned address never changes its content; any other file is asked for again and answered 304.</summary>
    private static void Cache(HttpContext context) =>
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
