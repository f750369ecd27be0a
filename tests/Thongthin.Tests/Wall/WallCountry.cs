using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Wall;

/// <summary>
/// A small country in a database of its own, with one row of everything at every unit, and the way to try statements in
/// it as somebody: each in a transaction that is undone. In all statements <c>id('submission/A/recorded')</c> stands for
/// the id that is made of this name.
/// </summary>
internal sealed partial class WallCountry
{
    public const string Now = "2024-06-01 12:00+07";

    private static readonly Lazy<Task<WallCountry>> Made = new(CreateAsync);

    private static readonly Dictionary<object, char> Marks = WallActor
        .Units.SelectMany(unit => new (object, char)[] { ((int)unit, unit), (Id($"user/{unit}"), unit) })
        .ToDictionary(mark => mark.Item1, mark => mark.Item2);

    private WallCountry(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    /// <summary>One for all tests that leave nothing behind.</summary>
    public static Task<WallCountry> SharedAsync() => Made.Value;

    /// <summary>One for a test that changes the schema or commits rows.</summary>
    public static async Task<WallCountry> CreateAsync()
    {
        var country = new WallCountry(await TestServer.CreateDatabaseAsync());
        await country.AsOwnerAsync(WallCountryRows.Sql);
        return country;
    }

    public async Task<object?> AsOwnerAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(Database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(WithIds(sql), owner);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection of the application role that says who it is, unless the actor is nobody.</summary>
    public async Task<NpgsqlConnection> OpenAsync(WallActor actor)
    {
        var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        if (actor.Kind.Length > 0)
        {
            await EnterAsync(connection, actor.Kind, UserOf(actor), MembershipOf(actor));
        }
        return connection;
    }

    /// <summary>Names the actor to the database; user and membership are names of ids.</summary>
    public static Task EnterAsync(
        NpgsqlConnection connection,
        string kind,
        string? user,
        string? membership,
        string at = Now
    ) => ExecuteAsync(connection, $"select enter_actor('{kind}', {IdOrNull(user)}, {IdOrNull(membership)}, '{at}')");

    public static string? UserOf(WallActor actor) => actor.IsPerson ? $"user/{actor.Name}" : null;

    public static string? MembershipOf(WallActor actor) => actor.IsPerson ? $"membership/{actor.Name}" : null;

    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(WithIds(sql), connection);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(WithIds(sql), connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The marks of the rows that the actor reads, each once, sorted; none when the table is closed to it.</summary>
    public static async Task<string> ReadAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            var marks = new SortedSet<char>();
            await using var command = new NpgsqlCommand(WithIds(sql), connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                marks.Add(await reader.IsDBNullAsync(0) ? '-' : MarkOf(reader.GetValue(0)));
            }
            return string.Concat(marks);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return "";
        }
    }

    /// <summary>
    /// Runs statements and undoes them. True when they changed a row, false when the wall refused: no such row for this
    /// actor, no privilege, no policy, or a rule of a trigger. Anything else is a mistake of the statement and thrown.
    /// <c>{place}</c> is the letter; the parameters are <c>@unit</c> its unit id and the actor's <c>@user</c>,
    /// <c>@own</c> unit, <c>@role</c> and <c>@kind</c>.
    /// </summary>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, string sql, WallActor actor, char place)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await using var command = new NpgsqlCommand(
                WithIds(sql.Replace("{place}", place.ToString(), StringComparison.Ordinal)),
                connection,
                transaction
            );
            Add(command, "unit", NpgsqlDbType.Integer, (int)place);
            Add(command, "own", NpgsqlDbType.Integer, actor.IsPerson ? (int)actor.Unit : null);
            Add(command, "user", NpgsqlDbType.Uuid, UserOf(actor) is { } user ? Id(user) : null);
            Add(command, "role", NpgsqlDbType.Text, actor.Role);
            Add(command, "kind", NpgsqlDbType.Text, actor.Kind);
            var changed = await command.ExecuteNonQueryAsync();
            await ExecuteAsync(connection, "set constraints all immediate");
            return changed > 0;
        }
        catch (PostgresException e)
            when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege
                || e.SqlState.StartsWith("TH", StringComparison.Ordinal)
            )
        {
            return false;
        }
        catch (PostgresException e)
        {
            throw new InvalidOperationException($"{actor} at {place}: {e.Message} in {sql}", e);
        }
        finally
        {
            await transaction.RollbackAsync();
        }
    }

    /// <summary>The id that is made of a name.</summary>
    public static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    public static string WithIds(string sql) => IdCall().Replace(sql, call => $"'{Id(call.Groups[1].Value)}'::uuid");

    private static string IdOrNull(string? name) => name is null ? "null" : $"id('{name}')";

    private static void Add(NpgsqlCommand command, string name, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new(name, type) { Value = value ?? DBNull.Value });

    /// <summary>Units and residents have their unit's letter, one-letter texts stand for themselves, m is the actor's own.</summary>
    private static char MarkOf(object value) =>
        value is string { Length: 1 } text ? text[0]
        : Marks.TryGetValue(value, out var mark) ? mark
        : 'm';

    [GeneratedRegex(@"\bid\('([^']*)'\)")]
    private static partial Regex IdCall();
}
