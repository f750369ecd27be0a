using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Thongthin.Platform.Web;

namespace Thongthin.Startup;

/// <summary>Builds the whole web application; the verbs and the tests start exactly this.</summary>
internal static class Web
{
    public static WebApplication Build(WebSettings settings)
    {
        // Pages write numbers and dates through Platform/Thai; anything else must not depend on the machine's language.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Web).Assembly.GetName().Name, WebRootPath = WebRoot() }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // The verbs say themselves where they listen and how to stop.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.AddThongthin(settings);

        var app = builder.Build();
        ServeSmallScripts(app.Environment);
        app.UseThongthin(settings);
        return app;
    }

    /// <summary>
    /// Pages and texts alone, to write and print documents without a request: nothing listens, no database is opened.
    /// </summary>
    /// <param name="browser">the browser's program that prints; null = search for an installed one</param>
    public static WebApplication BuildForDocuments(string? browser)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Web).Assembly.GetName().Name, WebRootPath = WebRoot() }
        );
        builder.Logging.ClearProviders();
        builder.Services.AddDocuments(browser);
        return builder.Build();
    }

    /// <summary>Our scripts as the build made them smaller, at the addresses of the originals.</summary>
    private static void ServeSmallScripts(IWebHostEnvironment environment)
    {
        var small = Path.Combine(environment.WebRootPath, "lib", "minified");
        if (Directory.Exists(small))
        {
            environment.WebRootFileProvider = new CompositeFileProvider(
                new PhysicalFileProvider(small),
                environment.WebRootFileProvider
            );
        }
    }

    /// <summary>Published programs carry wwwroot beside them; a build from source serves the source folder.</summary>
    private static string WebRoot()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(published)
            ? published
            : typeof(Web)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "WebRoot")
                .Value!;
    }
}
