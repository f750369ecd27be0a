using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Features.Demonstration;

/// <summary>The shipped forms, published as version 1 of themselves.</summary>
internal sealed class DemonstrationForms
{
    private readonly Dictionary<string, FormDefinition> _definitions = new(StringComparer.Ordinal);

    public FormDefinition this[string formId] => _definitions[formId];

    public static async Task<DemonstrationForms> LoadAsync(
        NpgsqlConnection connection,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var forms = new DemonstrationForms();
        var order = 0;
        foreach (var formId in (string[])[DemonstrationRound.Infrastructure, DemonstrationRound.Agreements])
        {
            var source = DemonstrationData.Text($"forms/{formId}.md");
            var reading = XlsFormReader.Read(source, $"{formId}.md");
            var definition =
                reading.Definition
                ?? throw new InvalidDataException(
                    $"{formId}: {string.Join("; ", reading.Findings.Where(f => f.Severity == Thongthin.Forms.Verification.FindingSeverity.Error).Take(10).Select(f => $"{f.Sheet} {f.Row} {f.Column}: {f.Message.En}"))}"
                );
            forms._definitions.Add(formId, definition);
            await WriteAsync(connection, definition, source, ++order, clock, cancellationToken);
        }
        return forms;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        FormDefinition definition,
        string source,
        int order,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            with f as (
                insert into form (form_id, sector, shape, title_th, title_en, report_order) values ($1, $2, $3, $4, $5, $6))
            insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
            values ($1, 1, $7, $8, $9, $10, $11)
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = definition.Id },
                new() { Value = definition.Sector },
                new() { Value = definition.Shape.ToString().ToLowerInvariant() },
                new() { Value = definition.Title.In("th") },
                new() { Value = definition.Title.In("en") },
                new() { Value = order },
                new() { Value = definition.FirstFiscalYear },
                new() { Value = definition.ToJson().ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = source },
                new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(source)) },
                new() { Value = clock.GetUtcNow() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
