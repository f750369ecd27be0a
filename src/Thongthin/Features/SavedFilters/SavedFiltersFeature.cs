namespace Thongthin.Features.SavedFilters;

internal static class SavedFiltersFeature
{
    public static IServiceCollection AddSavedFilters(this IServiceCollection services) =>
        services
            .AddScoped<SavedFilterQueries>()
            .AddScoped<SaveFilter>()
            .AddScoped<RenameFilter>()
            .AddScoped<DeleteFilter>();
}
