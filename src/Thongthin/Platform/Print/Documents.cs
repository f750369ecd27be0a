using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Thongthin.Platform.Web;

namespace Thongthin.Platform.Print;

/// <summary>
/// Writes a partial page as one HTML document without a request, in official digits. Fonts and styles are inside, so that it
/// looks the same on any machine and needs nothing from elsewhere; its policy forbids it to ask for anything. The view says
/// its title in <c>ViewData["Title"]</c>; another size or orientation is an <c>@page</c> rule of its own style.
/// </summary>
internal sealed class Documents(IServiceScopeFactory scopes, IWebHostEnvironment environment, HtmlEncoder encoder)
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

    private static readonly string[] Styles = ["css/document.css", "css/print.css"];

    /// <summary>Files of the font, by the CSS that says when each is used.</summary>
    private static readonly (string File, string Use)[] Fonts =
    [
        ("thai-400", "font-weight: 400; unicode-range: U+02D7, U+0303, U+0331, U+0E01-0E5B, U+200C-200D, U+25CC"),
        ("latin-400", "font-weight: 400"),
        ("thai-600", "font-weight: 600 700; unicode-range: U+02D7, U+0303, U+0331, U+0E01-0E5B, U+200C-200D, U+25CC"),
        ("latin-600", "font-weight: 600 700"),
    ];

    private readonly Lazy<Task<string>> _fonts = new(() => FontsAsync(environment));

    /// <param name="view">path of the partial page</param>
    /// <param name="styles">style sheets of wwwroot that the view needs; their print rules are those of the document</param>
    public async Task<string> RenderAsync<TModel>(
        string view,
        TModel model,
        Language language,
        params IReadOnlyList<string> styles
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<ReaderPreferences>();
        (reader.Language, reader.ThaiDigits) = (language, language == Language.Thai);
        var (title, body) = await RenderViewAsync(scope.ServiceProvider, view, model);
        var style = new StringBuilder(await _fonts.Value);
        foreach (var path in Styles.Concat(styles))
        {
            style.AppendLine(await ReadAsync(path));
        }
        style.Append(PageNumbers(language));
        return $"""
            <!DOCTYPE html>
            <html lang="{reader.Code}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <title>{encoder.Encode(title)}</title>
            <style>
            {style}
            </style>
            </head>
            <body>
            {body}
            </body>
            </html>
            """;
    }

    /// <summary>Pages after the first are numbered. A page rule knows no language, so it is written for each.</summary>
    private static string PageNumbers(Language language) =>
        $$"""
            @page { @bottom-center { content: counter(page, {{(
                language == Language.Thai ? "thai" : "decimal"
            )}}); font: 14pt Sarabun; } }
            @page :first { @bottom-center { content: none; } }
            """;

    private static async Task<(string Title, string Body)> RenderViewAsync<TModel>(
        IServiceProvider services,
        string path,
        TModel model
    )
    {
        // not a main page: the layout of the screen stays away
        var found = services.GetRequiredService<IRazorViewEngine>().GetView(null, path, isMainPage: false);
        var view = found.View ?? throw new InvalidOperationException($"There is no page {path}.");
        var action = new ActionContext(
            new DefaultHttpContext { RequestServices = services },
            new RouteData(),
            new ActionDescriptor()
        );
        var data = new ViewDataDictionary<TModel>(new EmptyModelMetadataProvider(), new ModelStateDictionary())
        {
            Model = model,
        };
        var temp = new TempDataDictionary(action.HttpContext, services.GetRequiredService<ITempDataProvider>());
        await using var writer = new StringWriter(CultureInfo.InvariantCulture);
        await view.RenderAsync(new ViewContext(action, view, data, temp, writer, new HtmlHelperOptions()));
        var title = data["Title"] as string ?? throw new InvalidOperationException($"{path} says no title.");
        return (title, writer.ToString());
    }

    private static async Task<string> FontsAsync(IWebHostEnvironment environment)
    {
        var css = new StringBuilder();
        foreach (var (name, use) in Fonts)
        {
            var file = environment.WebRootFileProvider.GetFileInfo($"lib/sarabun/sarabun-{name}-normal.woff2");
            await using var stream = file.CreateReadStream();
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            var data = Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
            css.AppendLine(
                CultureInfo.InvariantCulture,
                $$"""@font-face { font-family: Sarabun; {{use}}; src: url("data:font/woff2;base64,{{data}}") format("woff2"); }"""
            );
        }
        return css.ToString();
    }

    private async Task<string> ReadAsync(string path)
    {
        await using var stream = environment.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
