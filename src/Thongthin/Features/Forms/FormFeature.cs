namespace Thongthin.Features.Forms;

/// <summary>What the container holds of this feature.</summary>
internal static class FormFeature
{
    public static IServiceCollection AddForms(this IServiceCollection services) =>
        services
            .AddSingleton<FormLibrary>()
            .AddScoped<PublishForm>()
            .AddScoped<ImportCatalogue>()
            .AddScoped<FormQueries>();
}
