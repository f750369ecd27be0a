using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Features.Demonstration;

/// <summary>The shipped forms, published as version 1 of themselves.</summary>
internal sealed class DemonstrationForms
{
    private readonly Dictionary<string, FormDefinition> _definitions = new(StringComparer.Ordinal);

    private readonly Dictionary<string, FormVersion> _versions = new(StringComparer.Ordinal);

    public FormDefinition this[string formId] => _definitions[formId];

    public FormVersion VersionOf(string formId) => _versions[formId];

    public static async Task<DemonstrationForms> LoadAsync(
        NpgsqlConnection connection,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var forms = new DemonstrationForms();
        var order = 0;
        foreach (
            var formId in DemonstrationRound
                .Sectors.Append(DemonstrationRound.Agreements)
                .Concat(DemonstrationRound.Registers)
                .Append(DemonstrationRound.Missions)
        )
        {
            var source = DemonstrationData.Text($"forms/{formId}.md");
            var reading = XlsFormReader.Read(source, $"{formId}.md", OwnLists.Find);
            var definition =
                reading.Definition
                ?? throw new InvalidDataException(
                    string.Join(
                        Environment.NewLine,
                        reading.Findings.Select(f => $"{formId} {f.Sheet} {f.Row}: {f.Message.En}")
                    )
                );
            var version = new FormVersion
            {
                FormId = formId,
                Version = 1,
                FirstFiscalYear = definition.FirstFiscalYear,
                Definition = definition.ToJson().ToJsonString(),
                Source = source,
                Sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(source)),
                PublishedAt = clock.GetUtcNow(),
            };
            forms._definitions.Add(formId, definition);
            forms._versions.Add(formId, version);
            await WriteAsync(connection, definition, version, ++order, cancellationToken);
        }
        return forms;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        FormDefinition definition,
        FormVersion version,
        int order,
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
                new() { Value = version.FirstFiscalYear },
                new() { Value = version.Definition, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = version.Source },
                new() { Value = version.Sha256 },
                new() { Value = version.PublishedAt },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
