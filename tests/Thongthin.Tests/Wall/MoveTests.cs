using static Thongthin.Tests.Wall.Rule;

namespace Thongthin.Tests.Wall;

/// <summary>
/// Who moves whose submission how (domain.md section 5), every action tried by every actor at every LAO with raw SQL.
/// </summary>
public sealed class MoveTests
{
    private static readonly Rule Recorder = Role("recorder") & OwnUnit;
    private static readonly Rule Certifier = Role("certifier") & OwnUnit;
    private static readonly Rule Officer = Role("officer") & InScope;

    private static readonly (string Action, string From, string To, Rule Who)[] Moves =
    [
        ("save", "not_started", "in_progress", Job | Recorder | Officer),
        ("nil", "not_started", "recorded", Job | Recorder),
        ("nil", "in_progress", "recorded", Job | Recorder),
        ("nil", "returned", "recorded", Job | Recorder),
        ("submit", "in_progress", "recorded", Job | Recorder),
        ("submit", "returned", "recorded", Job | Recorder),
        ("recall", "recorded", "in_progress", Job | Recorder),
        ("send_back", "recorded", "in_progress", Job | Certifier),
        ("certify", "recorded", "certified", Job | Certifier),
        ("return", "recorded", "returned", Job | Officer),
        ("return", "certified", "returned", Job | Officer),
        ("amend", "certified", "in_progress", Job | Recorder | Officer),
        ("exempt", "not_started", "exempt", DepartmentAdministrator),
        ("exempt", "in_progress", "exempt", DepartmentAdministrator),
        ("exempt", "recorded", "exempt", DepartmentAdministrator),
        ("exempt", "returned", "exempt", DepartmentAdministrator),
        ("exempt", "certified", "exempt", Job),
        ("lift", "exempt", "in_progress", DepartmentAdministrator),
        // the state before the exemption was another
        ("lift", "exempt", "recorded", Nobody),
        ("review", "recorded", "recorded", Job | Officer),
        ("review", "certified", "certified", Job | Officer),
        ("import", "not_started", "recorded", Job),
        // not in the table of moves
        ("submit", "not_started", "recorded", Job),
        ("submit", "in_progress", "certified", Job),
        ("certify", "in_progress", "certified", Job),
        ("certify", "recorded", "recorded", Job),
        ("nil", "recorded", "recorded", Job),
        ("save", "recorded", "in_progress", Job),
    ];

    public static TheoryData<string, string, string> Rows =>
        [.. Moves.Select(move => (move.Action, move.From, move.To))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Move_IsMadeByThoseWhoMay(string action, string from, string to)
    {
        var country = await WallCountry.SharedAsync();
        var rule = Moves.Single(move => (move.Action, move.From, move.To) == (action, from, to)).Who;
        foreach (var actor in WallActor.All)
        {
            await using var connection = await country.OpenAsync(actor);
            var made = "";
            foreach (var lao in WallActor.Laos)
            {
                if (await WallCountry.TryAsync(connection, Whole(action, from, to), actor, lao))
                {
                    made += lao;
                }
            }
            made.ShouldBe(string.Concat(WallActor.Laos.Where(lao => rule.Allows(actor, lao))), actor.Name);
        }
    }

    /// <summary>The move with the certificate that belongs to it.</summary>
    private static string Whole(string action, string from, string to) =>
        WallStatements.Event(action, from, to)
        + (
            to == "certified" && from != to ? ";" + WallStatements.Certificate(from)
            : from == "certified" && from != to ? ";" + WallStatements.VoidCertificate
            : ""
        );
}
