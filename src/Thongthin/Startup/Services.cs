using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;
using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Features.Authoring;
using Thongthin.Features.Board;
using Thongthin.Features.Certification;
using Thongthin.Features.Directory;
using Thongthin.Features.Evidence;
using Thongthin.Features.Extensions;
using Thongthin.Features.Forms;
using Thongthin.Features.Home;
using Thongthin.Features.Progress;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Rounds;
using Thongthin.Features.SavedFilters;
using Thongthin.Features.Submissions;
using Thongthin.Features.Workbooks;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Startup;

/// <summary>What the container holds. Each feature adds its own operations, queries and access class in one line here.</summary>
internal static class Services
{
    public static void AddThongthin(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.TimeProvider);
        services.AddDatabase(settings);
        services.AddWebFrame(settings);
        services.AddPrint(settings.Browser);
        services.AddSignIn(settings);
        services.AddAccounts(settings.WrappingKey);
        services.AddForms();
        services.AddDirectory();
        services.AddRounds();
        if (settings.RunsClockwork)
        {
            services.AddHostedService<ScheduledOpenings>();
        }
        services.AddSubmissions();
        services.AddCertification();
        services.AddEvidence();
        services.AddExtensions();
        services.AddReviewing();
        services.AddAuthoring();
        services.AddWorkbooks();
        services.AddProgress(settings.RunsClockwork);
        services.AddSavedFilters();
        services.AddBoard();
        services.AddHome();
    }

    /// <summary>What partial pages need when they are written without a request.</summary>
    public static void AddDocuments(this IServiceCollection services, string? browser)
    {
        services.AddRazorPages(options => options.RootDirectory = "/Features");
        services.AddHttpContextAccessor();
        services.AddSingleton(TextCatalog.LoadEmbedded(missingIsAnError: true));
        services.AddScoped<ReaderPreferences>();
        services.AddScoped<Texts>();
        services.AddPrint(browser);
        services.AddSingleton<TableDocument>();
        services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
    }

    private static void AddDatabase(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(_ => new AppDbFactory(settings.ConnectionString));
        services.AddScoped(provider =>
            provider.GetRequiredService<AppDbFactory>().Create(() => provider.GetRequiredService<CurrentActor>().Value)
        );
        services.AddScoped(provider => provider.GetRequiredService<AppDbFactory>().CreateSignIn(settings.TimeProvider));
    }

    private static void AddWebFrame(this IServiceCollection services, WebSettings settings)
    {
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Features";
            options.Conventions.ConfigureFilter(new AntiforgeryFailurePage());
            options.Conventions.ConfigureFilter(new KnownHandlersOnly());
        });
        services.AddScoped<HoldConnection>();
        services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(options =>
            options.Filters.AddService<HoldConnection>()
        );
        services.AddHttpContextAccessor();
        services.AddSingleton(TextCatalog.LoadEmbedded(settings.MissingTextIsAnError));
        services.AddScoped<ReaderPreferences>();
        services.AddScoped<Texts>();
        services.AddScoped<CspNonce>();
        services.AddSingleton<FormKeeper>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        services.Configure<FormOptions>(options =>
        {
            options.ValueCountLimit = Limits.FormFields;
            options.ValueLengthLimit = Limits.FieldLength;
            options.KeyLengthLimit = Limits.FieldNameLength;
            options.MultipartBodyLengthLimit = Limits.BodyBytes;
        });
        services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(options =>
        {
            options.MaxModelBindingCollectionSize = Limits.FormFields;
            options.MaxModelValidationErrors = 1000;
            // Pages check what was typed themselves, in the reader's language.
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        });
        services.AddResponseCompression(options =>
        {
            // The form tokens are encrypted anew in every answer, so compression tells an observer nothing of them.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in settings.TrustedProxies)
            {
                options.KnownProxies.Add(proxy);
            }
        });
    }

    private static void AddSignIn(this IServiceCollection services, WebSettings settings)
    {
        var securePolicy = settings.IsPlainLoopback ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                options =>
                {
                    options.Cookie.Name = "thongthin.session";
                    options.Cookie.SecurePolicy = securePolicy;
                    options.Cookie.SameSite = SameSiteMode.Lax;
                    options.Cookie.HttpOnly = true;
                    options.ExpireTimeSpan = settings.SessionLength;
                    options.SlidingExpiration = true;
                    options.LoginPath = "/sign-in";
                    options.ReturnUrlParameter = "return";
                    options.Events.OnRedirectToLogin = SessionEnded.RedirectOrKeep;
                    options.Events.OnRedirectToAccessDenied = SessionEnded.Forbid;
                    options.Events.OnValidatePrincipal = Session.ValidateAsync;
                }
            );
        Policies.Add(services.AddAuthorizationBuilder());
        services.AddScoped<CurrentActor>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "thongthin.form";
            options.Cookie.SecurePolicy = securePolicy;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.FormFieldName = FormKeeper.TokenField;
            options.SuppressXFrameOptionsHeader = true;
        });
    }
}
