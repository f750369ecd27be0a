namespace Thongthin.Platform.Web;

/// <summary>
/// Reads a posted form before anything else does, so that a form over the limits is answered by a page that says
/// which limit it was; read later, the framework would report it as a missing form token.
/// </summary>
internal static class FormLimits
{
    public const string ReasonItem = "error.reason";

    public static IApplicationBuilder UseFormLimits(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
                {
                    try
                    {
                        await context.Request.ReadFormAsync(context.RequestAborted);
                    }
                    catch (InvalidDataException)
                    {
                        Refuse(context, StatusCodes.Status400BadRequest, "form_too_large");
                        return;
                    }
                    catch (BadHttpRequestException problem)
                    {
                        Refuse(context, problem.StatusCode, "body");
                        return;
                    }
                }
                await next();
            }
        );

    private static void Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Items[ReasonItem] = reason;
    }
}
