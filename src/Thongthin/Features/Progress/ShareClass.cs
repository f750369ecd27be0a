namespace Thongthin.Features.Progress;

/// <summary>
/// The five classes in which a share is coloured on the map, from 1 (least) to 5 (all); 0 where nobody is asked. Light to
/// dark of one row of colours, so that they stay apart for every eye and in grey.
/// </summary>
internal static class ShareClass
{
    public static IReadOnlyList<int> All { get; } = [1, 2, 3, 4, 5];

    public static int Of(int recorded, int laoCount) =>
        laoCount == 0 ? 0
        : recorded == laoCount ? 5
        : 1 + (recorded * 4 / laoCount);
}
