namespace Thongthin.Features.Directory;

/// <summary>What the container holds of this feature.</summary>
internal static class DirectoryFeature
{
    public static IServiceCollection AddDirectory(this IServiceCollection services) =>
        services
            .AddScoped<CreateUnit>()
            .AddScoped<RenameUnit>()
            .AddScoped<ChangeUnitKind>()
            .AddScoped<ChangeUnitCode>()
            .AddScoped<MoveUnit>()
            .AddScoped<ChangeSupervision>()
            .AddScoped<MergeUnits>()
            .AddScoped<SplitUnit>()
            .AddScoped<AbolishUnit>()
            .AddScoped<ImportDirectory>()
            .AddScoped<SaveGroup>()
            .AddScoped<AssignMembers>()
            .AddScoped<OrderUnits>()
            .AddScoped<DirectoryQueries>()
            .AddScoped<EventOperations>();
}
