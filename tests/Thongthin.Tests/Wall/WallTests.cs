using Npgsql;
using Thongthin.Tests.Inventories;

namespace Thongthin.Tests.Wall;

/// <summary>
/// Who reads and writes what, tried with raw SQL as the program's role for every table of the catalogue: a new table
/// fails here until <see cref="WallTables"/> says whose it is.
/// </summary>
public sealed class WallTests
{
    private const string Catalogue = """
        select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        order by c.relname
        """;

    public static TheoryData<string> Tables => [.. WallTable.All.Select(table => table.Name)];

    [Fact]
    public async Task EveryTableOfTheCatalogue_IsPlaced()
    {
        var country = await WallCountry.SharedAsync();

        (await NotPlacedAsync(country)).ShouldBeEmpty("say in WallTables who may do what with these tables");
        var names = await NamesAsync(country);
        WallTable.All.Select(table => table.Name).Where(name => !names.Contains(name)).ShouldBeEmpty("no such table");
    }

    [Fact]
    public void Document_TellsEveryTable()
    {
        var document = SourceTree.Read("docs/database.md");

        WallTable
            .All.Where(table => !document.Contains($"`{table.Name}`", StringComparison.Ordinal))
            .Select(table => table.Name)
            .ShouldBeEmpty("docs/database.md has a line for each table");
    }

    [Fact]
    public async Task EveryTableOfTheCatalogue_WhenOneIsNew_FindsIt()
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync("create table planted (planted_id int)");

        (await NotPlacedAsync(country)).ShouldBe(["planted"]);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Table_IsReadAndWrittenByThoseWhoMay(string name)
    {
        (await DifferencesAsync(await WallCountry.SharedAsync(), Table(name))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Table_WhenAPolicyLetsTooMuchThrough_SaysWhoAndWhere()
    {
        var country = await WallCountry.CreateAsync();
        await country.AsOwnerAsync("create policy planted on answer_sheet for select using (actor_unit() = 65)");
        await country.AsOwnerAsync("grant delete on answer_version to thongthin_app");
        await country.AsOwnerAsync(
            "create policy planted on answer_version for delete using (actor_role() = 'viewer' and lao_id = 70)"
        );

        (await DifferencesAsync(country, Table("answer_sheet"))).ShouldContain("lao recorder: reads ABCEF, may read A");
        (await DifferencesAsync(country, Table("answer_version"))).ShouldContain(
            "department viewer: deletes ABCEF, may delete nothing"
        );
    }

    private static WallTable Table(string name) => WallTable.All.Single(table => table.Name == name);

    private static async Task<List<string>> DifferencesAsync(WallCountry country, WallTable table)
    {
        var differences = new List<string>();
        foreach (var actor in WallActor.All)
        {
            await using var connection = await country.OpenAsync(actor);
            Compare("read", await WallCountry.ReadAsync(connection, table.Read), table.Readable, table.Places);
            var places = actor.IsPerson ? table.Places : table.Places.Replace("m", "", StringComparison.Ordinal);
            foreach (
                var (verb, write) in new[]
                {
                    ("insert", table.Insert),
                    ("update", table.Update ?? await AnyUpdateAsync(country, table.Name)),
                    ("delete", table.Delete),
                }
            )
            {
                // a statement that names no place does the same everywhere
                var tried = write.IsOfOnePlace ? places : places[..1];
                var done = "";
                foreach (var place in tried)
                {
                    if (await WallCountry.TryAsync(connection, write.Sql, actor, place))
                    {
                        done += write.IsOfOnePlace ? place : places;
                    }
                }
                Compare(verb, done, write.Rule, places);
            }

            void Compare(string verb, string actual, Rule rule, string among)
            {
                var expected = string.Concat(among.Where(place => rule.Allows(actor, place)).Order());
                actual = string.Concat(actual.Order());
                if (actual != expected)
                {
                    differences.Add($"{actor}: {verb}s {Words(actual)}, may {verb} {Words(expected)}");
                }
            }
        }
        return differences;
    }

    private static string Words(string places) => places.Length == 0 ? "nothing" : places;

    /// <summary>For a table that nobody changes: its first column set to itself.</summary>
    private static async Task<Write> AnyUpdateAsync(WallCountry country, string table)
    {
        var column = await country.AsOwnerAsync(
            $"select column_name from information_schema.columns where table_name = '{table}' order by ordinal_position limit 1"
        );
        return new Write($"update {table} set {column} = {column}", Rule.Nobody);
    }

    private static async Task<List<string>> NotPlacedAsync(WallCountry country) =>
        [.. (await NamesAsync(country)).Except(WallTable.All.Select(table => table.Name))];

    private static async Task<List<string>> NamesAsync(WallCountry country)
    {
        await using var owner = new NpgsqlConnection(country.Database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(Catalogue, owner);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }
}
