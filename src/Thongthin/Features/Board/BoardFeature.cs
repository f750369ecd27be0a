namespace Thongthin.Features.Board;

internal static class BoardFeature
{
    public static IServiceCollection AddBoard(this IServiceCollection services) => services.AddScoped<BoardQueries>();
}
