namespace Thongthin.Features.Workbooks;

/// <summary>What the container holds of this feature.</summary>
internal static class WorkbookFeature
{
    public static IServiceCollection AddWorkbooks(this IServiceCollection services) =>
        services
            .AddScoped<WorkbookQueries>()
            .AddScoped<ReceiveWorkbook>()
            .AddScoped<WorkbookPreviews>()
            .AddScoped<ApplyWorkbook>();
}
