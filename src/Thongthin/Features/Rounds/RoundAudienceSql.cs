namespace Thongthin.Features.Rounds;

/// <summary>
/// The one place that says who a round's audience is: the LAOs of the directory on the opening day whose kind is listed
/// and which are in a listed province or listed themselves, everywhere when neither is. The default of domain.md stands
/// in for a missing supervising unit. Used for the preview of a draft and for freezing the roster.
/// </summary>
internal static class RoundAudienceSql
{
    /// <summary>A query with $1 = {0} the round's id; its columns are those of round_roster after round_id.</summary>
    public const string Query = """
        select v.unit_id as lao_id, v.kind, v.code, v.name_th, v.name_en, v.abbreviation_th, v.report_order,
            d.unit_id as district_id, d.name_th as district_th, d.name_en as district_en, d.report_order as district_order,
            p.unit_id as province_id, p.name_th as province_th, p.name_en as province_en, p.report_order as province_order,
            coalesce(s.supervising_unit_id,
                case when v.kind in ('subdistrict_municipality', 'sao') then v.district_id else v.province_id end)
                as supervising_unit_id
        from round r
        join unit_version v on v.valid_from <= r.opens_on and (v.valid_to is null or v.valid_to > r.opens_on)
            and v.kind in (select a.kind from round_audience a where a.round_id = r.round_id and a.part = 'kind')
        join unit_version d on d.unit_id = v.district_id
            and d.valid_from <= r.opens_on and (d.valid_to is null or d.valid_to > r.opens_on)
        join unit_version p on p.unit_id = v.province_id
            and p.valid_from <= r.opens_on and (p.valid_to is null or p.valid_to > r.opens_on)
        left join supervision s on s.lao_id = v.unit_id
            and s.valid_from <= r.opens_on and (s.valid_to is null or s.valid_to > r.opens_on)
        where r.round_id = {0}
          and (not exists (select from round_audience a where a.round_id = r.round_id and a.part <> 'kind')
            or v.province_id in (select a.unit_id from round_audience a where a.round_id = r.round_id and a.part = 'province')
            or v.unit_id in (select a.unit_id from round_audience a where a.round_id = r.round_id and a.part = 'unit'))
        """;
}
