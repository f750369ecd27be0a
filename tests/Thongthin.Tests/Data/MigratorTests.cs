using Npgsql;
using Thongthin.Data;
using Thongthin.Platform;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Data;

/// <summary>The mechanism, tried with migrations of its own on an empty database.</summary>
public sealed class MigratorTests
{
    private static readonly Migration First = new(1, "0001_first", "create table first (id int);");
    private static readonly Migration Second = new(2, "0002_second", "create table second (id int);");

    [Fact]
    public async Task Migrate_OnAnEmptyDatabase_AppliesAllInOrderAndThenNothing()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        var migrator = new Migrator(database.OwnerConnectionString, [Second, First]);

        (await migrator.MigrateAsync(default)).ShouldBe([First, Second]);
        (await migrator.MigrateAsync(default)).ShouldBeEmpty();

        (await ScalarAsync(database, "select string_agg(name, ',' order by number) from schema_migration")).ShouldBe(
            "0001_first,0002_second"
        );
    }

    [Fact]
    public async Task Migrate_ByManyAtOnce_AppliesEachStepOnce()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        var applied = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => new Migrator(database.OwnerConnectionString, [First, Second]).MigrateAsync(default))
        );

        applied.Sum(list => list.Count).ShouldBe(2);
        (await ScalarAsync(database, "select count(*) from schema_migration")).ShouldBe(2L);
    }

    [Fact]
    public async Task Migrate_WhenAnAppliedStepWasChanged_RefusesAndNamesIt()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        await new Migrator(database.OwnerConnectionString, [First]).MigrateAsync(default);
        var changed = new Migration(1, "0001_first", "create table first (id bigint);");

        var refusal = await Should.ThrowAsync<OperatorException>(() =>
            new Migrator(database.OwnerConnectionString, [changed, Second]).MigrateAsync(default)
        );

        refusal.English.ShouldContain("0001_first was changed");
        (await ScalarAsync(database, "select to_regclass('second') is null")).ShouldBe(true);
    }

    [Fact]
    public async Task Migrate_WhenTheDatabaseIsNewer_RefusesAndAsksForANewerProgram()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        await new Migrator(database.OwnerConnectionString, [First, Second]).MigrateAsync(default);

        var refusal = await Should.ThrowAsync<OperatorException>(() =>
            new Migrator(database.OwnerConnectionString, [First]).MigrateAsync(default)
        );

        refusal.English.ShouldContain("newer than this program");
    }

    [Fact]
    public async Task Migrate_WhenAStepIsPutBetweenOlderOnes_Refuses()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        await new Migrator(database.OwnerConnectionString, [Second]).MigrateAsync(default);

        var refusal = await Should.ThrowAsync<OperatorException>(() =>
            new Migrator(database.OwnerConnectionString, [First, Second]).MigrateAsync(default)
        );

        refusal.English.ShouldContain("0001_first comes before the last one applied (2)");
    }

    [Fact]
    public async Task Migrate_WhenAStepFails_UndoesItWholeAndKeepsTheEarlierOnes()
    {
        var database = await TestServer.CreateEmptyDatabaseAsync();
        var broken = new Migration(
            3,
            "0003_broken",
            "create table third (id int);\n\ncreate table fourth (id nothing);"
        );

        var refusal = await Should.ThrowAsync<OperatorException>(() =>
            new Migrator(database.OwnerConnectionString, [First, Second, broken]).MigrateAsync(default)
        );

        refusal.English.ShouldContain("0003_broken failed");
        refusal.English.ShouldContain("nothing");
        (await ScalarAsync(database, "select max(number) from schema_migration")).ShouldBe(2);
        (await ScalarAsync(database, "select to_regclass('third') is null")).ShouldBe(true);
    }

    [Fact]
    public async Task Check_AsTheApplicationRole_AcceptsTheWholeSchemaAndRefusesAnEmptyOne()
    {
        var whole = await TestServer.CreateDatabaseAsync();
        var empty = await TestServer.CreateEmptyDatabaseAsync();

        await Migrator.CheckAsync(whole.ConnectionString, default);
        var refusal = await Should.ThrowAsync<OperatorException>(() =>
            Migrator.CheckAsync(empty.ConnectionString, default)
        );
        refusal.English.ShouldContain("run migrate");
    }

    [Fact]
    public void Checksum_DoesNotDependOnLineEnds() =>
        new Migration(1, "a", "one\r\ntwo").Checksum.ShouldBe(new Migration(1, "a", "one\ntwo").Checksum);

    [Theory]
    [InlineData("first.sql")]
    [InlineData("_first.sql")]
    [InlineData("1a_first.sql")]
    public void Parse_WhenTheNameHasNoNumber_Throws(string fileName) =>
        Should.Throw<FormatException>(() => Migration.Parse(fileName, ""));

    [Fact]
    public void Embedded_AreNumberedWithoutGapsFromOne() =>
        Migration
            .Embedded()
            .Select(migration => migration.Number)
            .ShouldBe(Enumerable.Range(1, Migration.Embedded().Count));

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
