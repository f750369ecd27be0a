namespace Thongthin.Tests.Wall;

/// <summary>A statement and who may run it where. Parameters: see <see cref="WallCountry.TryAsync"/>.</summary>
internal sealed record Write(string Sql, Rule Rule)
{
    public bool IsOfOnePlace =>
        Sql.Contains("{place}", StringComparison.Ordinal) || Sql.Contains("@unit", StringComparison.Ordinal);
}

/// <summary>
/// What every actor may do with one table. A write that is not given is nobody's; it is tried all the same.
/// </summary>
/// <param name="Places">the marks of its rows, as <see cref="WallCountry.MarkOf"/> finds them</param>
/// <param name="Read">selects the one column that tells whose a row is</param>
internal sealed record WallTable(string Name, string Places, string Read, Rule Readable)
{
    public Write Insert { get; init; } = new($"insert into {Name} default values", Rule.Nobody);

    public Write? Update { get; init; }

    public Write Delete { get; init; } = new($"delete from {Name}", Rule.Nobody);

    public static IReadOnlyList<WallTable> All { get; } =
    [
        .. WallTables.Directory,
        .. WallTables.Accounts,
        .. WallTables.Rounds,
        .. WallTables.Submissions,
        .. WallTables.Files,
        .. WallTables.Progress,
    ];

    public override string ToString() => Name;
}
