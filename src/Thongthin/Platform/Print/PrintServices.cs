namespace Thongthin.Platform.Print;

internal static class PrintServices
{
    /// <param name="browser">the browser's program; null = search for it</param>
    public static IServiceCollection AddPrint(this IServiceCollection services, string? browser) =>
        services
            .AddSingleton<Documents>()
            .AddSingleton(provider => new Printer(browser, provider.GetRequiredService<ILogger<Printer>>()));
}
