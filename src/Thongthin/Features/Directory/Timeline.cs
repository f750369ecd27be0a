namespace Thongthin.Features.Directory;

/// <summary>A value that holds from a day on to the day before <paramref name="To"/> (null: still).</summary>
internal sealed record Period<T>(DateOnly From, DateOnly? To, T Value)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || day < To);
}

/// <summary>
/// The rule for changing what is dated, also in the past. A change from a day on splits the period of that day and is
/// carried forward into later periods as long as these still hold what was true before the change; the first period in
/// which something later had changed the same thing ends it. So an event that is entered late corrects what followed
/// from not knowing it, and never undoes what came after it. Periods stay gapless and never overlap.
/// </summary>
internal static class Timeline
{
    /// <param name="periods">in order, without gaps</param>
    /// <param name="same">whether a later value still holds what the change replaces, given the value of the day</param>
    /// <returns>the new periods; null when no period covers the day</returns>
    public static IReadOnlyList<Period<T>>? ChangeFrom<T>(
        IReadOnlyList<Period<T>> periods,
        DateOnly day,
        Func<T, T> change,
        Func<T, T, bool> same
    )
    {
        var at = periods.Index().FirstOrDefault(p => p.Item.Covers(day));
        if (at.Item is null)
        {
            return null;
        }
        var before = at.Item.Value;
        var result = periods.Take(at.Index).ToList();
        if (at.Item.From < day)
        {
            result.Add(at.Item with { To = day });
        }
        result.Add(new Period<T>(day, at.Item.To, change(before)));
        var carrying = true;
        foreach (var later in periods.Skip(at.Index + 1))
        {
            carrying = carrying && same(before, later.Value);
            result.Add(carrying ? later with { Value = change(later.Value) } : later);
        }
        return result;
    }

    /// <summary>Ends everything with a day: the value of the day before is the last.</summary>
    /// <returns>null when the value changes on or after the day (ending would undo that), or no period covers the day before</returns>
    public static IReadOnlyList<Period<T>>? EndOn<T>(IReadOnlyList<Period<T>> periods, DateOnly day)
    {
        var last = periods[^1];
        return last.From < day && (last.To is null || last.To >= day)
            ? [.. periods.SkipLast(1), last with { To = day }]
            : null;
    }
}
