using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Tests.Support;

/// <summary>
/// Builds what tests need, in one database that all tests of the process share: units, people with memberships, forms,
/// rounds. Everything is new and uniquely named, nothing is cleaned up, so tests run side by side in any order. People
/// are invented. <c>var data = await TestData.OpenAsync();</c>
/// </summary>
internal sealed partial class TestData
{
    /// <summary>The password of every person made here.</summary>
    public const string Password = "ทดสอบ-Invented-1";

    private static readonly Lazy<Task<TestData>> Shared = new(CreateAsync);
    private static readonly string PasswordHash = new PasswordHasher<object>().HashPassword(new object(), Password);
    private static int _sequence;

    private readonly Lazy<Task<TestUnit>> _department;

    private TestData(TestDatabase database)
    {
        Database = database;
        Databases = new AppDbFactory(database.ConnectionString);
        Services = BuildServices();
        _department = new(CreateDepartmentAsync);
    }

    public TestDatabase Database { get; }

    public AppDbFactory Databases { get; }

    /// <summary>Noon of 15 January 2020 in Bangkok (fiscal year 2563): when tests happen unless they say otherwise.</summary>
    public static DateTimeOffset Noon { get; } = new(2020, 1, 15, 5, 0, 0, TimeSpan.Zero);

    private ServiceProvider Services { get; }

    /// <summary>The database that tests share.</summary>
    public static Task<TestData> OpenAsync() => Shared.Value;

    /// <summary>A database of its own, for tests that count everything in it.</summary>
    public static async Task<TestData> CreateAsync() => new(await TestServer.CreateDatabaseAsync());

    /// <summary>A database that is there already; what makes new things in it must be one process.</summary>
    public static TestData Over(TestDatabase database) => new(database);

    /// <summary>A number that nothing else in this process has.</summary>
    public static int Next() => Interlocked.Increment(ref _sequence);

    /// <summary>The program acting as <paramref name="actor"/>: its own connection, operations and queries.</summary>
    public TestSession As(Actor actor) => new(Services.CreateScope(), Databases.Create(actor), actor);

    /// <summary>The program acting as this person at <paramref name="at"/> (<see cref="Noon"/> when null).</summary>
    public TestSession As(TestPerson person, DateTimeOffset? at = null) => As(person.Actor(at));

    /// <summary>The background job.</summary>
    public TestSession AsJob(DateTimeOffset? at = null) => As(JobActor(at));

    public static Actor JobActor(DateTimeOffset? at = null) =>
        new(ActorKind.Job, at ?? Noon, Guid.CreateVersion7().ToString("N"), DisplayName: "test");

    /// <summary>Raw SQL with the rights of the actor; positional parameters $1, $2 …; the first column of the first row.</summary>
    public async Task<object?> ScalarAsync(Actor actor, string sql, params object?[] parameters)
    {
        await using var connection = await Databases.OpenAsync(actor, CancellationToken.None);
        await using var command = Command(connection, sql, parameters);
        var value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }

    /// <summary>Raw SQL with the rights of the actor; the number of rows changed.</summary>
    public async Task<int> ExecuteAsync(Actor actor, string sql, params object?[] parameters)
    {
        await using var connection = await Databases.OpenAsync(actor, CancellationToken.None);
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }
        return command;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One actor at work; disposing closes the connection.</summary>
internal sealed class TestSession : IAsyncDisposable
{
    private readonly IServiceScope _scope;

    public TestSession(IServiceScope scope, AppDb db, Actor actor)
    {
        _scope = scope;
        Db = db;
        Actor = actor;
        scope.ServiceProvider.GetRequiredService<TestSessionDb>().Value = db;
    }

    public AppDb Db { get; }

    public Actor Actor { get; }

    /// <summary>An operation, a query class or anything else that the program registers.</summary>
    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        _scope.Dispose();
        await Db.DisposeAsync();
    }
}

/// <summary>Hands the session's context to what is resolved in its scope.</summary>
internal sealed class TestSessionDb
{
    public AppDb? Value { get; set; }
}
