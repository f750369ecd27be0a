namespace Thongthin.Features.Extensions;

/// <summary>
/// Whom an extension covers, said once for the preview and for the grant: submissions of the round that are not done, of the named
/// LAOs in scope, whose deadline in force is earlier. The database shows only what is in the actor's scope.
/// </summary>
internal static class ExtensionSql
{
    /// <summary>Parameters: {0} round, {1} target, {2} unit, {3} LAOs.</summary>
    private const string Named = """
        from submission s
        join round r using (round_id)
        join round_roster o using (round_id, lao_id)
        where s.round_id = {0}
          and case {1}
            when 'laos' then s.lao_id = any ({3})
            when 'district' then o.district_id = {2}
            when 'province' then o.province_id = {2}
            else true end
        """;

    private const string NotDone = "s.state <> 'exempt' and not state_is_done(s.state, r.done_means)";

    /// <summary>{4} the new deadline.</summary>
    private const string Earlier = "greatest(r.deadline, s.extended_until) < {4}";

    public const string Covered = $"select s.lao_id, s.submission_id {Named} and {NotDone} and {Earlier}";

    public const string Laos = $$"""
        select s.lao_id, o.kind, o.abbreviation_th, o.name_en, o.district_th, o.district_en, o.province_id, o.province_th,
            o.province_en, count(*)::int as topics
        {{Named}} and {{NotDone}} and {{Earlier}}
        group by s.lao_id, o.round_id, o.kind, o.abbreviation_th, o.name_en, o.district_th, o.district_en, o.province_id,
            o.province_th, o.province_en, o.province_order, o.district_order, o.district_id, o.report_order, o.code
        order by o.province_order, o.province_id, o.district_order, o.district_id, o.report_order, o.code
        """;

    /// <summary>Of those named: how many LAOs have nothing that is not done, and of the others how many are extended as far.</summary>
    public const string LeftOut = $$"""
        select count(*) filter (where open = 0)::int as done, count(*) filter (where open > 0 and earlier = 0)::int as later
        from (
            select s.lao_id, count(*) filter (where {{NotDone}}) as open,
                count(*) filter (where {{NotDone}} and {{Earlier}}) as earlier
            {{Named}}
            group by s.lao_id) l
        """;
}
