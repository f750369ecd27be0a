using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>What a round is made of.</summary>
/// <param name="Slug">words of a–z and 0–9 joined by hyphens; never used before</param>
/// <param name="Forms">ids of published forms; the newest version for the fiscal year is taken</param>
/// <param name="Kinds">kinds of LAO that are asked; empty: all but special</param>
/// <param name="Provinces">unit ids; with <paramref name="Units"/> empty: everywhere</param>
/// <param name="Units">unit ids of single LAOs</param>
/// <param name="UnitGroupId">the group of the Department that owns the round; null: none</param>
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
    IReadOnlyList<int> Units,
    Guid? UnitGroupId = null
);

/// <summary>What making and changing a draft have in common: its rules, its topics, its audience.</summary>
internal static partial class DraftContent
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

    /// <exception cref="Refusal">
    /// round_slug, round_title, round_fiscal_year, round_days, round_return_days, round_forms (none named).
    /// </exception>
    public static void Check(RoundRequest request)
    {
        if (ProblemsOf(request).FirstOrDefault() is { } problem)
        {
            throw new Refusal(problem);
        }
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

    /// <summary>Writes the topics and the audience of a draft that has none.</summary>
    /// <exception cref="Refusal">form_not_published (with the form's id and the fiscal year).</exception>
    public static async Task WriteAsync(
        AppDb db,
        Guid roundId,
        RoundRequest request,
        CancellationToken cancellationToken
    )
    {
        foreach (var formId in request.Forms.Distinct(StringComparer.Ordinal))
        {
            db.Add(
                new RoundForm
                {
                    RoundId = roundId,
                    FormId = formId,
                    FormVersion = await NewestVersionAsync(db, formId, request.FiscalYear, cancellationToken),
                }
            );
        }
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        string[] kinds = [.. request.Kinds.Count > 0 ? request.Kinds : DefaultKinds];
        int[] provinces = [.. request.Provinces];
        int[] units = [.. request.Units];
        await db.Database.ExecuteSqlAsync(
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

    private static async Task<int> NewestVersionAsync(
        AppDb db,
        string formId,
        int fiscalYear,
        CancellationToken cancellationToken
    ) =>
        await db.Set<FormVersion>()
            .Where(v => v.FormId == formId && v.FirstFiscalYear <= fiscalYear)
            .MaxAsync(v => (int?)v.Version, cancellationToken)
        ?? throw new Refusal("form_not_published", formId, fiscalYear.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex SlugPattern();
}
