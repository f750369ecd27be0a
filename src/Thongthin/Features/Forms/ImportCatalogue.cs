using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Directory;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Forms;

/// <summary>What became of a catalogue that was to be imported.</summary>
/// <param name="Edition">its number; null: it has findings and nothing was stored</param>
/// <param name="IsNew">false: exactly these items are the newest edition already</param>
internal sealed record ImportedCatalogue(int? Edition, bool IsNew, int Items, IReadOnlyList<CatalogueFinding> Findings);

/// <summary>
/// Takes a catalogue in as its next edition, all of it or nothing; the same items again stay the same edition. Rounds that
/// are open keep the edition they opened with.
/// </summary>
internal sealed partial class ImportCatalogue(AppDb db)
{
    /// <param name="table">the file's rows, its header first</param>
    /// <param name="source">the file's name, kept with the edition</param>
    /// <exception cref="Refusal">not_allowed, catalogue_name.</exception>
    public async Task<ImportedCatalogue> ExecuteAsync(
        Actor actor,
        string catalogue,
        IReadOnlyList<TableRow> table,
        string source,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsDepartmentAdministrator && actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
        if (!Name().IsMatch(catalogue))
        {
            throw new Refusal("catalogue_name", catalogue);
        }
        var reading = CatalogueFile.Read(table, [.. UnitKinds.OfLaos.Select(SnakeCase.Of)]);
        if (reading.Findings.Count > 0)
        {
            return new(null, false, reading.Lines.Count, reading.Findings);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtext({"catalogue " + catalogue}))",
            cancellationToken
        );
        var newest = await db.Set<CatalogueEdition>()
            .Where(e => e.Catalogue == catalogue)
            .OrderByDescending(e => e.Edition)
            .FirstOrDefaultAsync(cancellationToken);
        var hash = HashOf(reading.Lines);
        if (newest is not null && newest.Sha256.AsSpan().SequenceEqual(hash))
        {
            return new(newest.Edition, false, reading.Lines.Count, []);
        }
        var edition = new CatalogueEdition
        {
            Catalogue = catalogue,
            Edition = (newest?.Edition ?? 0) + 1,
            Source = source,
            Sha256 = hash,
            ImportedAt = actor.At.ToUniversalTime(),
            ImportedBy = actor.UserId,
        };
        db.Add(edition);
        db.AddRange(ItemsOf(edition, reading.Lines));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AuditLog.WriteAsync(
            db,
            actor,
            "catalogue_imported",
            $"catalogue/{catalogue}",
            null,
            new { edition.Edition, items = reading.Lines.Count },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new(edition.Edition, true, reading.Lines.Count, []);
    }

    /// <summary>The rows of an edition.</summary>
    public static IEnumerable<CatalogueItem> ItemsOf(CatalogueEdition edition, IReadOnlyList<CatalogueLine> lines) =>
        lines.Select(line => new CatalogueItem
        {
            Catalogue = edition.Catalogue,
            Edition = edition.Edition,
            Code = line.Code,
            Area = line.Area,
            NameTh = line.NameTh,
            NameEn = line.NameEn,
            DepartmentTh = line.DepartmentTh,
            PlanEdition = line.PlanEdition,
            LegalBasis = line.LegalBasis,
            Kinds = [.. line.Kinds],
            IsCompulsory = line.IsCompulsory,
            UnitTh = line.UnitTh,
            UnitEn = line.UnitEn,
            ValidFrom = line.ValidFrom,
            ValidTo = line.ValidTo,
        });

    /// <summary>Of the items, whatever file they came in; in the order of their codes.</summary>
    public static byte[] HashOf(IReadOnlyList<CatalogueLine> lines) =>
        SHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(lines.OrderBy(line => line.Code, StringComparer.Ordinal).ToList())
        );

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
