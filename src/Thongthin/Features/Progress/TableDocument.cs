using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>What the document needs besides the texts.</summary>
/// <param name="Style">CSS of the print, written into the document</param>
internal sealed record TableDocumentModel(ProgressTable Table, string Style);

/// <summary>
/// Writes a table as one HTML document without a request: the same partial pages as on screen, in Thai with Thai digits.
/// </summary>
internal sealed class TableDocument(IServiceScopeFactory scopes, IWebHostEnvironment environment)
{
    private const string View = "/Features/Progress/_Document.cshtml";
    private static readonly string[] Styles = ["css/print.css", "css/progress.css"];

    public async Task<string> RenderAsync(ProgressTable table)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<ReaderPreferences>().ThaiDigits = true;
        var view = services.GetRequiredService<IRazorViewEngine>().GetView(null, View, isMainPage: true);
        var action = new ActionContext(
            new DefaultHttpContext { RequestServices = services },
            new RouteData(),
            new ActionDescriptor()
        );
        await using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        var data = new ViewDataDictionary<TableDocumentModel>(
            new EmptyModelMetadataProvider(),
            new ModelStateDictionary()
        )
        {
            Model = new TableDocumentModel(table, await StyleAsync()),
        };
        var temp = new TempDataDictionary(action.HttpContext, services.GetRequiredService<ITempDataProvider>());
        var found = view.View ?? throw new InvalidOperationException($"There is no page {View}.");
        await found.RenderAsync(new ViewContext(action, found, data, temp, writer, new HtmlHelperOptions()));
        return writer.ToString();
    }

    /// <summary>The print style holds for the document on screen as well.</summary>
    private async Task<string> StyleAsync()
    {
        var style = new System.Text.StringBuilder();
        foreach (var path in Styles)
        {
            await using var stream = environment.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
            using var reader = new StreamReader(stream);
            style.AppendLine(await reader.ReadToEndAsync());
        }
        return style.ToString();
    }
}
