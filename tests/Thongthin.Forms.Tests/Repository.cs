using System.Reflection;

namespace Thongthin.Forms.Tests;

/// <summary>Paths of the repository, written into the test assembly by its project file.</summary>
internal static class Repository
{
    public static readonly string Root = typeof(Repository)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot")
        .Value!;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
