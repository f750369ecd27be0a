using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Platform.Security;

namespace Thongthin.Data;

/// <summary>
/// Names the context's actor to the database whenever its connection opens. The settings live in the database session;
/// Npgsql resets them when the connection returns to the pool, so the next actor starts with no rows at all.
/// </summary>
internal sealed class EnterActor : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is AppDb db)
        {
            await ExecuteAsync((NpgsqlConnection)connection, db.Actor, cancellationToken);
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (eventData.Context is AppDb db)
        {
            using var command = Command((NpgsqlConnection)connection, db.Actor);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>For connections that are opened without a context (COPY, raw SQL).</summary>
    /// <exception cref="PostgresException">SQLSTATE TH001: the actor has no valid membership.</exception>
    public static async Task ExecuteAsync(NpgsqlConnection connection, Actor actor, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, actor);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, Actor actor)
    {
        var command = new NpgsqlCommand("select enter_actor($1, $2, $3, $4)", connection);
        command.Parameters.Add(new() { Value = SnakeCase.Of(actor.Kind), NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(
            new() { Value = (object?)actor.UserId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }
        );
        command.Parameters.Add(
            new() { Value = (object?)actor.MembershipId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }
        );
        command.Parameters.Add(new() { Value = actor.At.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }
}
