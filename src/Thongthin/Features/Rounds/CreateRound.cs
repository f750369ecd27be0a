using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>What a round is made of.</summary>
/// <param name="Slug">words of a–z and 0–9 joined by hyphens; never used before</param>
/// <param name="Forms">ids of published forms; the newest version for the fiscal year is taken</param>
/// <param name="Kinds">kinds of LAO that are asked; empty: all but special</param>
/// <param name="Provinces">unit ids; with <paramref name="Units"/> empty: everywhere</param>
/// <param name="Units">unit ids of single LAOs</param>
internal sealed record RoundRequest(
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DoneMeans DoneMeans,
    int ReturnDays,
    string Contact,
    IReadOnlyList<string> Forms,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<int> Provinces,
    IReadOnlyList<int> Units
);

/// <summary>Writes down a round as a draft that only the Department sees. <see cref="OpenRound"/> starts it.</summary>
internal sealed partial class CreateRound(AppDb db)
{
    /// <summary>The address of the page that makes a round.</summary>
    private const string ReservedSlug = "new";

    /// <summary>What is asked when no kind is named: all but special.</summary>
    public static readonly IReadOnlyList<string> DefaultKinds =
    [
        "pao",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "sao",
    ];

    /// <returns>The round's id.</returns>
    /// <exception cref="Refusal">
    /// not_allowed, round_slug, round_slug_taken, round_title, round_fiscal_year, round_days, round_return_days,
    /// round_forms (none named), form_not_published (with the form's id and the fiscal year).
    /// </exception>
    public async Task<Guid> ExecuteAsync(Actor actor, RoundRequest request, CancellationToken cancellationToken)
    {
        RoundRules.RequireDepartment(actor);
        if (ProblemsOf(request).FirstOrDefault() is { } problem)
        {
            throw new Refusal(problem);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Round>().AnyAsync(r => r.Slug == request.Slug, cancellationToken))
        {
            throw new Refusal("round_slug_taken");
        }
        var round = new Round
        {
            RoundId = Guid.CreateVersion7(),
            Slug = request.Slug,
            FiscalYear = request.FiscalYear,
            TitleTh = request.TitleTh.Trim(),
            TitleEn = request.TitleEn.Trim(),
            OpensOn = request.OpensOn,
            Deadline = request.Deadline,
            ClosesOn = request.ClosesOn,
            DoneMeans = request.DoneMeans,
            ReturnDays = request.ReturnDays,
            Contact = request.Contact.Trim(),
            CreatedAt = actor.At.ToUniversalTime(),
            CreatedBy = actor.UserId,
        };
        db.Add(round);
        await AddFormsAsync(round, request.Forms, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await AddAudienceAsync(round.RoundId, request, cancellationToken);
        await AuditLog.WriteAsync(
            db,
            actor,
            "round_created",
            $"round/{round.Slug}",
            null,
            new { request.FiscalYear, request.Forms },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return round.RoundId;
    }

    /// <summary>The codes of the refusals that the request runs into whatever the database holds, in the page's order.</summary>
    public static IEnumerable<string> ProblemsOf(RoundRequest request)
    {
        (bool IsBroken, string Code)[] rules =
        [
            (string.IsNullOrWhiteSpace(request.TitleTh) || string.IsNullOrWhiteSpace(request.TitleEn), "round_title"),
            (!SlugPattern().IsMatch(request.Slug) || request.Slug == ReservedSlug, "round_slug"),
            (request.FiscalYear is < 2500 or > 2700, "round_fiscal_year"),
            (request.Forms.Count == 0, "round_forms"),
            (request.OpensOn > request.Deadline || request.Deadline > request.ClosesOn, "round_days"),
            (request.ReturnDays is < 1 or > 366, "round_return_days"),
        ];
        return rules.Where(rule => rule.IsBroken).Select(rule => rule.Code);
    }

    private async Task AddFormsAsync(Round round, IReadOnlyList<string> forms, CancellationToken cancellationToken)
    {
        foreach (var formId in forms.Distinct(StringComparer.Ordinal))
        {
            var version = await db.Set<FormVersion>()
                .Where(v => v.FormId == formId && v.FirstFiscalYear <= round.FiscalYear)
                .MaxAsync(v => (int?)v.Version, cancellationToken);
            db.Add(
                new RoundForm
                {
                    RoundId = round.RoundId,
                    FormId = formId,
                    FormVersion =
                        version
                        ?? throw new Refusal(
                            "form_not_published",
                            formId,
                            round.FiscalYear.ToString(CultureInfo.InvariantCulture)
                        ),
                }
            );
        }
    }

    private Task<int> AddAudienceAsync(Guid roundId, RoundRequest request, CancellationToken cancellationToken)
    {
        string[] kinds = [.. request.Kinds.Count > 0 ? request.Kinds : DefaultKinds];
        int[] provinces = [.. request.Provinces];
        int[] units = [.. request.Units];
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into round_audience (round_id, part, kind, unit_id)
            select {roundId}, 'kind', k, null from unnest({kinds}) k
            union
            select {roundId}, 'province', null, u from unnest({provinces}) u
            union
            select {roundId}, 'unit', null, u from unnest({units}) u
            """,
            cancellationToken
        );
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex SlugPattern();
}
