using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Thongthin.Features.Submissions;

/// <summary>
/// How records of a register are numbered: the form's first three letters, the LAO's code, the year in which it was added,
/// a running number. Given under the submission's lock, one after the other, and never recalculated.
/// </summary>
internal static class RecordNumbers
{
    /// <param name="count">how many, at least 1</param>
    public static async Task<IReadOnlyList<string>> NextAsync(
        LockedSubmission submission,
        int count,
        CancellationToken cancellationToken
    )
    {
        var (now, db) = (submission.Now, submission.Db);
        var codes = await db
            .Database.SqlQuery<string?>(
                $"select code as value from round_roster where round_id = {now.RoundId} and lao_id = {now.LaoId}"
            )
            .ToListAsync(cancellationToken);
        var prefix = Prefix(now.FormId, codes[0], now.LaoId, now.FiscalYear);
        var last = await db
            .Database.SqlQuery<int>(
                $"""
                select coalesce(max(substr(record_number, length({prefix}) + 1)::int), 0) as value
                from record
                where lao_id = {now.LaoId} and form_id = {now.FormId} and starts_with(record_number, {prefix})
                """
            )
            .ToListAsync(cancellationToken);
        return [.. Enumerable.Range(last[0] + 1, count).Select(number => Of(prefix, number))];
    }

    /// <param name="code">the LAO's; its id where it has none</param>
    public static string Prefix(string formId, string? code, int laoId, int fiscalYear) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{formId[..Math.Min(3, formId.Length)].ToUpperInvariant()}-{code ?? laoId.ToString(CultureInfo.InvariantCulture)}-{fiscalYear % 100:00}-"
        );

    public static string Of(string prefix, int number) => prefix + number.ToString("000", CultureInfo.InvariantCulture);
}
