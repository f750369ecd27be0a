-- Finding units by what people type. The directory is public record, so the function only asks that there is an actor;
-- it runs as the owner because the trigram operators are not leakproof and would pass by their index under a row policy.

-- p_terms: lower case, Arabic digits. One term is looked for in names, abbreviation and code, and where nothing is found,
-- by likeness; of several every one must stand in the unit or in its district and province.
-- rank: 4 it is the whole name, abbreviation or code; 3 one begins with it; 2 it is inside; below 1 the likeness
create function search_unit(p_terms text[], p_day date) returns table (unit_id int, rank real)
    language plpgsql stable security definer
    set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.4 as
$$
declare
    v_term text := p_terms[1];
    v_like text := replace(replace(replace(v_term, '\', '\\'), '%', '\%'), '_', '\_');
begin
    if actor_kind() is null or v_term is null then
        return;
    end if;
    if cardinality(p_terms) = 1 then
        return query
            select v.unit_id,
                case when v_term in (v.name_th, v.abbreviation_th, v.code, lower(v.name_en)) then 4
                     when v.name_th like v_like || '%' or v.abbreviation_th like v_like || '%'
                          or lower(v.name_en) like v_like || '%' or v.code like v_like || '%' then 3
                     else 2 end::real
            from unit_version v
            where (v.name_th || ' ' || lower(v.name_en) || ' ' || v.abbreviation_th || ' ' || coalesce(v.code, ''))
                  like '%' || v_like || '%'
              and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day);
        if not found then
            return query
                select v.unit_id,
                    word_similarity(v_term,
                        v.name_th || ' ' || lower(v.name_en) || ' ' || v.abbreviation_th || ' ' || coalesce(v.code, ''))
                from unit_version v
                where v_term <% (v.name_th || ' ' || lower(v.name_en) || ' ' || v.abbreviation_th || ' ' || coalesce(v.code, ''))
                  and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day);
        end if;
    else
        return query
            select x.unit_id,
                case when exists (select from unnest(p_terms) t where t in (x.name_th, x.abbreviation_th, x.code, lower(x.name_en)))
                    then 4 else 2 end::real
            from (
                select v.unit_id, v.name_th, v.abbreviation_th, v.code, v.name_en,
                    concat_ws(' ', v.name_th, lower(v.name_en), v.abbreviation_th, v.code,
                        d.name_th, lower(d.name_en), p.name_th, lower(p.name_en)) as own
                from unit_version v
                left join unit_version d on d.unit_id = v.district_id
                    and d.valid_from <= p_day and (d.valid_to is null or d.valid_to > p_day)
                left join unit_version p on p.unit_id = v.province_id
                    and p.valid_from <= p_day and (p.valid_to is null or p.valid_to > p_day)
                where v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)) x
            where not exists (select from unnest(p_terms) t where strpos(x.own, t) = 0);
    end if;
end
$$;
grant execute on function search_unit(text[], date) to thongthin_app;
