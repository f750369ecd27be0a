using Npgsql;
using NpgsqlTypes;
using Thongthin.Data;
using Thongthin.Features.Directory;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Demonstration;

/// <summary>The sample catalogue of missions, as its first edition, and which edition the rounds keep.</summary>
internal static class DemonstrationCatalogue
{
    private const string Name = "mission-catalogue";

    /// <summary>The fiscal year in which the missions are asked for the first time.</summary>
    public const int FirstYear = 2567;

    private static readonly Lazy<IReadOnlyList<CatalogueLine>> Lines = new(Read);

    /// <summary>The items that apply to a kind of LAO on any day of a fiscal year.</summary>
    public static IEnumerable<CatalogueLine> ItemsOf(string kind, int fiscalYear) =>
        Lines.Value.Where(line =>
            line.Kinds.Contains(kind)
            && !(line.ValidFrom >= new DateOnly(fiscalYear - 543, 10, 1))
            && !(line.ValidTo <= new DateOnly(fiscalYear - 544, 10, 1))
        );

    public static async Task LoadAsync(
        NpgsqlConnection connection,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var lines = Lines.Value;
        await using (
            var edition = new NpgsqlCommand(
                """
                insert into catalogue_edition (catalogue, edition, source, sha256, imported_at) values ($1, 1, $2, $3, $4)
                """,
                connection
            )
            {
                Parameters =
                {
                    new() { Value = Name },
                    new() { Value = Name + ".csv" },
                    new() { Value = ImportCatalogue.HashOf(lines) },
                    new() { Value = clock.GetUtcNow() },
                },
            }
        )
        {
            await edition.ExecuteNonQueryAsync(cancellationToken);
        }
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy catalogue_item (catalogue, edition, code, area, name_th, name_en, department_th, plan_edition, legal_basis,
                kinds, is_compulsory, unit_th, unit_en, valid_from, valid_to) from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var line in lines)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(1, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(line.Code, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.Area, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(line.NameTh, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.NameEn, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.DepartmentTh, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.PlanEdition, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.LegalBasis, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.Kinds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.IsCompulsory, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(line.UnitTh, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.UnitEn, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteNullableAsync(line.ValidFrom, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteNullableAsync(line.ValidTo, NpgsqlDbType.Date, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>As opening a round does.</summary>
    public static async Task FixAsync(NpgsqlConnection connection, Guid roundId, CancellationToken cancellationToken)
    {
        await using var fix = new NpgsqlCommand(OpenRound.FixCataloguesSql, connection)
        {
            Parameters = { new("round", roundId) },
        };
        await fix.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IReadOnlyList<CatalogueLine> Read()
    {
        using var stream = Facts.Open(Name + ".csv");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var table = TableReader.Read(content.ToArray(), TableLimits.Default);
        var reading = CatalogueFile.Read(table.Rows, [.. UnitKinds.OfLaos.Select(SnakeCase.Of)]);
        return reading.Findings is [var finding, ..]
            ? throw new InvalidDataException($"{Name}.csv:{finding.Line}: {finding.Code}")
            : reading.Lines;
    }
}
