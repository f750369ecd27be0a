namespace Thongthin.Features.Directory;

/// <summary>What a version of a unit says. Changing the kind or the name of an LAO changes its abbreviation with it.</summary>
internal sealed record UnitFacts(
    UnitKind Kind,
    string NameTh,
    string NameEn,
    string AbbreviationTh,
    string? Code,
    int? ProvinceId,
    int? DistrictId,
    int ReportOrder
)
{
    /// <summary>The office that supervises an LAO of this kind in this place unless something else is stored.</summary>
    public int DefaultSupervisor =>
        (Kind.IsSupervisedByDistrict() ? DistrictId : ProvinceId)
        ?? throw new InvalidOperationException($"A {Kind} has no supervising office.");

    public UnitFacts Named(string nameTh, string nameEn) =>
        this with
        {
            NameTh = nameTh,
            NameEn = nameEn,
            AbbreviationTh = Kind.IsLao() ? Kind.Abbreviation(nameTh) : AbbreviationTh,
        };

    public UnitFacts OfKind(UnitKind kind) => this with { Kind = kind, AbbreviationTh = kind.Abbreviation(NameTh) };

    public static UnitFacts Of(UnitVersion version) =>
        new(
            version.Kind,
            version.NameTh,
            version.NameEn,
            version.AbbreviationTh,
            version.Code,
            version.ProvinceId,
            version.DistrictId,
            version.ReportOrder
        );
}
