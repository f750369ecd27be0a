using Npgsql;
using Thongthin.Platform;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// The demonstration country: the real provinces and districts, 7,850 local authorities with the counts of the
/// Department's printed table of 11 June 2563, rounds with their history, and invented people.
/// It is loaded once, in one transaction, as the owner of the schema (COPY does not pass row policies), through the
/// same triggers that keep the progress of everybody else: a load that is killed leaves nothing behind.
/// </summary>
internal static class DemonstrationCountry
{
    /// <summary>Loads the country unless it is there. Returns true when it loaded.</summary>
    /// <param name="owner">connection string of the schema's owner</param>
    /// <param name="password">the one password of all invented people</param>
    /// <param name="progress">a sentence for each step</param>
    /// <param name="scale">how much of it has answers; null: the usual</param>
    public static async Task<bool> LoadAsync(
        string owner,
        string password,
        TimeProvider clock,
        Action<string> progress,
        CancellationToken cancellationToken,
        DemonstrationScale? scale = null
    )
    {
        scale ??= DemonstrationScale.Usual;
        // one COPY fires the triggers of a whole round
        var settings = new NpgsqlConnectionStringBuilder(owner) { CommandTimeout = 300 };
        await using var source = NpgsqlDataSource.Create(settings);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // a second program that loads at the same time waits here and then finds everything done
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtext('demonstration'))", cancellationToken);
        if (await ExistsAsync(connection, "round where slug = 'info-current'", cancellationToken))
        {
            return
                !scale.IsFull
                || await ExistsAsync(connection, $"round where slug = '{DemonstrationRound.Third}'", cancellationToken)
                ? false
                : throw new OperatorException(
                    "โฟลเดอร์ข้อมูลนี้มีระบบสาธิตขนาดปกติอยู่แล้ว โปรดใช้โฟลเดอร์ข้อมูลอื่นด้วย THONGTHIN_DATA",
                    "This data folder holds the usual demonstration already: use another one with THONGTHIN_DATA."
                );
        }
        if (await ExistsAsync(connection, "unit", cancellationToken))
        {
            throw new OperatorException(
                "ฐานข้อมูลนี้มีหน่วยงานอยู่แล้วและไม่ใช่ระบบสาธิต จึงไม่เปลี่ยนแปลงสิ่งใด โปรดใช้โฟลเดอร์ข้อมูลอื่นด้วย THONGTHIN_DATA",
                "This database holds units already and is no demonstration, so nothing was changed: use another data folder with THONGTHIN_DATA."
            );
        }

        progress("directory: 76 provinces, 878 districts, 7,850 local authorities");
        var units = await DemonstrationUnits.LoadAsync(connection, cancellationToken);
        progress("people and their memberships");
        var people = await DemonstrationPeople.LoadAsync(connection, units, password, clock, cancellationToken);
        progress("forms");
        var forms = await DemonstrationForms.LoadAsync(connection, clock, cancellationToken);
        await DemonstrationCatalogue.LoadAsync(connection, clock, cancellationToken);
        var answers = new DemonstrationAnswers(connection, forms, people);
        var certificates = new DemonstrationCertificates(connection, forms, people);
        foreach (var plan in DemonstrationRound.All(clock, scale))
        {
            progress($"round {plan.Slug}");
            var histories = await DemonstrationRounds.LoadAsync(
                connection,
                plan,
                forms,
                units,
                scale,
                clock,
                cancellationToken
            );
            var bar = new ProgressBar($"round {plan.Slug}", progress);
            var sheets = await answers.LoadAsync(
                plan,
                histories,
                scale.IsFull ? bar.Report : (_, _) => { },
                cancellationToken
            );
            await DemonstrationRounds.LoadEventsAsync(connection, histories, people, cancellationToken);
            await certificates.LoadAsync(plan, histories, sheets, cancellationToken);
            // the next round plans by what is there now
            await ExecuteAsync(connection, "analyze", cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Says every tenth of a long step.</summary>
    private sealed class ProgressBar(string step, Action<string> say)
    {
        private const int Parts = 10;
        private int shown;

        public void Report(int done, int total)
        {
            var part = (int)((long)done * Parts / total);
            var before = Volatile.Read(ref shown);
            if (part > before && Interlocked.CompareExchange(ref shown, part, before) == before)
            {
                say($"{step} [{new string('#', part)}{new string('-', Parts - part)}] {part * Parts} %");
            }
        }
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection,
        string rows,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand($"select exists (select from {rows})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    internal static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
