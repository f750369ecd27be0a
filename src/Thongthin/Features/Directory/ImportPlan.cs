namespace Thongthin.Features.Directory;

/// <summary>An LAO as the directory knows it on the day of the registry.</summary>
/// <param name="Version">the version of that day</param>
/// <param name="Supervision">the supervision of that day</param>
internal sealed record KnownLao(UnitVersion Version, Supervision Supervision)
{
    public UnitFacts Facts { get; } = UnitFacts.Of(Version);

    /// <summary>A version or supervision of it begins after that day.</summary>
    public bool ChangesLater => Version.ValidTo is not null || Supervision.ValidTo is not null;
}

/// <summary>A known LAO that the registry shows differently.</summary>
/// <param name="SupervisingUnitId">null: as it was</param>
internal sealed record ChangedLao(KnownLao Lao, UnitFacts Facts, int? SupervisingUnitId);

/// <summary>
/// What an import will do. A row is the known LAO of the same place, kind and name; else the one with the same code (it was
/// renamed, moved or changed its kind); else a new one. LAOs that the registry does not mention stay as they are.
/// </summary>
internal sealed record ImportPlan(
    IReadOnlyList<UnitFacts> Created,
    IReadOnlyList<ChangedLao> Changed,
    int Unchanged,
    int NotMentioned,
    IReadOnlyList<ImportFinding> Errors
)
{
    /// <param name="known">as of the registry's day</param>
    /// <param name="beginLater">what LAOs are called in versions that begin after that day</param>
    public static ImportPlan Make(
        IReadOnlyList<RegistryRow> rows,
        IReadOnlyCollection<KnownLao> known,
        IReadOnlySet<(int? ProvinceId, int? DistrictId, UnitKind Kind, string NameTh)> beginLater
    )
    {
        var byName = known.ToDictionary(k => (k.Facts.ProvinceId, k.Facts.DistrictId, k.Facts.Kind, k.Facts.NameTh));
        var byCode = known.Where(k => k.Facts.Code is not null).ToLookup(k => k.Facts.Code);
        var matches = rows.ToDictionary(r => r, r => byName.GetValueOrDefault(Key(r)));
        var matched = matches.Values.OfType<KnownLao>().ToHashSet();
        foreach (var row in rows.Where(r => matches[r] is null))
        {
            if (byCode[row.Code].FirstOrDefault(k => !matched.Contains(k)) is { } same)
            {
                matches[row] = same;
                matched.Add(same);
            }
        }
        var orders = ReportOrders(rows);
        var created = new List<UnitFacts>();
        var changed = new List<ChangedLao>();
        var errors = new List<ImportFinding>();
        foreach (var row in rows)
        {
            if (matches[row] is not { } lao)
            {
                created.Add(New(row, orders[row]));
                if (beginLater.Contains(Key(row)))
                {
                    errors.Add(new(row.Line, "later_version", row.Kind.Abbreviation(row.NameTh)));
                }
            }
            else if (Difference(lao, row) is { } change)
            {
                changed.Add(change);
                if (lao.ChangesLater)
                {
                    errors.Add(new(row.Line, "later_version", lao.Facts.AbbreviationTh));
                }
            }
        }
        return new(created, changed, matched.Count - changed.Count, known.Count - matched.Count, errors);
    }

    private static (int?, int?, UnitKind, string) Key(RegistryRow row) =>
        (row.Province.UnitId, row.District.UnitId, row.Kind, row.NameTh);

    private static UnitFacts New(RegistryRow row, int order) =>
        new(
            row.Kind,
            row.NameTh,
            EnglishOf(row),
            row.Kind.Abbreviation(row.NameTh),
            row.Code,
            row.Province.UnitId,
            row.District.UnitId,
            order
        );

    private static ChangedLao? Difference(KnownLao lao, RegistryRow row)
    {
        var facts = New(row, lao.Facts.ReportOrder) with
        {
            NameEn = lao.Facts.NameTh == row.NameTh ? lao.Facts.NameEn : EnglishOf(row),
        };
        if (facts == lao.Facts)
        {
            return null;
        }
        var keepsException =
            lao.Supervision.SupervisingUnitId != lao.Facts.DefaultSupervisor
            && (
                lao.Supervision.SupervisingUnitId == facts.DistrictId
                || lao.Supervision.SupervisingUnitId == facts.ProvinceId
            );
        var supervisor = keepsException ? lao.Supervision.SupervisingUnitId : facts.DefaultSupervisor;
        return new(lao, facts, supervisor == lao.Supervision.SupervisingUnitId ? null : supervisor);
    }

    /// <summary>The registry has no English; an LAO named after its province or district has theirs.</summary>
    private static string EnglishOf(RegistryRow row) =>
        row.NameTh == row.Province.NameTh ? row.Province.NameEn
        : row.NameTh == row.District.NameTh ? row.District.NameEn
        : "";

    /// <summary>The default order of printed tables: by district, kind, code, numbered inside the province.</summary>
    private static Dictionary<RegistryRow, int> ReportOrders(IReadOnlyList<RegistryRow> rows) =>
        rows.GroupBy(r => r.Province.UnitId)
            .SelectMany(province =>
                province
                    .OrderBy(r => r.District.ReportOrder)
                    .ThenBy(r => r.District.Code, StringComparer.Ordinal)
                    .ThenBy(r => r.Kind)
                    .ThenBy(r => r.Code, StringComparer.Ordinal)
                    .Select((row, index) => (row, order: index + 1))
            )
            .ToDictionary(o => o.row, o => o.order);
}
