namespace Thongthin.Tests.Wall;

/// <summary>The rows of <see cref="WallCountry"/>: the same at every unit, its letter in every name.</summary>
internal static class WallCountryRows
{
    /// <summary>The states in which every LAO has a submission, each of a form of its own.</summary>
    public static IReadOnlyList<string> States { get; } =
    ["not_started", "in_progress", "recorded", "certified", "returned", "exempt"];

    public static string Sql => string.Join('\n', Statements());

    private static IEnumerable<string> Statements()
    {
        yield return "insert into unit (unit_id, created_on) values "
            + string.Join(", ", WallActor.Units.Select(unit => $"({(int)unit}, '2000-01-01')"))
            + ";";
        foreach (var unit in WallActor.Units)
        {
            yield return Fill(Unit, unit);
            yield return Secrets.Replace("{name}", unit.ToString(), StringComparison.Ordinal);
        }
        foreach (var lao in WallActor.Laos)
        {
            yield return Fill(Supervision, lao);
        }
        foreach (var actor in WallActor.All.Where(actor => actor.IsPerson))
        {
            yield return $"""
                insert into app_user (id, user_name, normalized_user_name, display_name, created_at)
                values (id('user/{actor.Name}'), '{actor.Name}', upper('{actor.Name}'), '{actor.Name}', now());
                insert into membership (membership_id, user_id, unit_id, role, valid_from, created_at)
                values (id('membership/{actor.Name}'), id('user/{actor.Name}'), {(int)
                    actor.Unit}, '{actor.Role}', '2024-01-01', now());
                {Secrets.Replace("{name}", actor.Name, StringComparison.Ordinal)}
                """;
        }
        yield return Round;
        foreach (var state in States)
        {
            yield return Form.Replace("{state}", Dashed(state), StringComparison.Ordinal);
        }
        yield return Form.Replace("{state}", "spare", StringComparison.Ordinal);
        yield return Uploads;
        yield return Snapshot("national", null, "null");
        foreach (var office in "pqdef")
        {
            yield return Snapshot(office is 'p' or 'q' ? "province" : "district", office, Number(office));
        }
        foreach (var lao in WallActor.Laos)
        {
            yield return Fill(Lao, lao);
            yield return Fill(Files, lao);
        }
        foreach (var actor in WallActor.All.Where(actor => actor.IsPerson))
        {
            yield return Upload($"user/{actor.Name}");
        }
        yield return Catalogue;
        yield return "update round set opened_at = now() where slug = 'wall';";
        foreach (var lao in WallActor.Laos)
        {
            foreach (var state in States)
            {
                yield return Fill(
                    Submission
                        .Replace("{state}", state, StringComparison.Ordinal)
                        .Replace("{form}", Dashed(state), StringComparison.Ordinal),
                    lao
                );
            }
            yield return Fill(Events, lao);
        }
    }

    public static string Dashed(string state) => state.Replace('_', '-');

    private static string Fill(string sql, char unit)
    {
        var (kind, province, district) = unit switch
        {
            'x' => ("department", "null", "null"),
            'p' or 'q' => ("province", "null", "null"),
            'd' or 'e' => ("district", Number('p'), "null"),
            'f' => ("district", Number('q'), "null"),
            'A' or 'E' => ("sao", Number('p'), Number(unit == 'A' ? 'd' : 'e')),
            'B' => ("subdistrict_municipality", Number('p'), Number('d')),
            'C' => ("town_municipality", Number('p'), Number('d')),
            _ => ("sao", Number('q'), Number('f')),
        };
        return sql.Replace("{unit}", unit.ToString(), StringComparison.Ordinal)
            .Replace("{id}", Number(unit), StringComparison.Ordinal)
            .Replace("{kind}", kind, StringComparison.Ordinal)
            .Replace("{province}", province, StringComparison.Ordinal)
            .Replace("{district}", district, StringComparison.Ordinal)
            .Replace("{over}", unit == 'C' ? province : district, StringComparison.Ordinal)
            .Replace("{resident_role}", char.IsUpper(unit) ? "recorder" : "officer", StringComparison.Ordinal);
    }

    private static string Snapshot(string level, char? unit, string id) =>
        $"""
            insert into progress_snapshot (progress_snapshot_id, year, number, round_id, level, unit_id, as_of, content,
                taken_at, taken_by_name)
            values (id('snapshot/{unit}'), 2567, {(int)(
                unit ?? 'x'
            )}, id('round/wall'), '{level}', {id}, '2024-06-01', '{"{}"}',
                now(), 'job');
            """;

    private static string Number(char unit) => ((int)unit).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private const string Unit = """
        insert into unit_event (unit_event_id, kind, effective_on, reason, entered_at)
        values (id('event/{unit}'), 'create', '2000-01-01', 'founded', now());
        insert into unit_event_unit (unit_event_id, unit_id, part) values (id('event/{unit}'), {id}, 'subject');
        insert into unit_version (unit_version_id, unit_id, valid_from, kind, name_th, province_id, district_id)
        values (id('version/{unit}'), {id}, '2000-01-01', '{kind}', 'หน่วย {unit}', {province}, {district});
        insert into unit_group (unit_group_id, unit_id, name_th) values (id('group/{unit}'), {id}, 'กลุ่มงาน');
        insert into app_user (id, user_name, normalized_user_name, display_name, password_hash, created_at)
        values (id('user/{unit}'), 'resident-{unit}', 'RESIDENT-{unit}', 'resident', 'secret', now());
        insert into membership (membership_id, user_id, unit_id, role, valid_from, created_at)
        values (id('membership/{unit}'), id('user/{unit}'), {id}, '{resident_role}', '2024-01-01', now());
        insert into invitation (invitation_id, unit_id, role, display_name, token_hash, created_at, expires_at)
        values (id('invitation/{unit}'), {id}, '{resident_role}', 'invited', 'hash-{unit}'::bytea, now(), 'infinity');
        insert into audit_event (at, actor_kind, user_id, unit_id, action, subject, lao_id, correlation_id)
        values (now(), 'person', id('user/{unit}'), {id}, 'tested', 'unit/{unit}', null, 'c');
        """;

    private const string Secrets = """
        insert into user_claim (user_id, claim_type) values (id('user/{name}'), 'claim');
        insert into user_login (login_provider, provider_key, user_id) values ('provider', 'key-{name}', id('user/{name}'));
        insert into user_token (user_id, login_provider, name) values (id('user/{name}'), 'provider', 'token');
        insert into user_passkey (credential_id, user_id, data) values ('{name}'::bytea, id('user/{name}'), '{}');
        """;

    /// <summary>Of everybody under the membership that they have.</summary>
    private const string Uploads = """
        insert into workbook_upload (workbook_upload_id, user_id, unit_id, form_id, fiscal_year, file_name, uploaded_at, content)
        select gen_random_uuid(), m.user_id, m.unit_id, 'recorded', 2567, 'file', now(), '{}' from membership m;
        insert into saved_filter (user_id, unit_id, number, name, address, saved_at)
        select m.user_id, m.unit_id, 1, 'filter', '/board', now() from membership m;
        """;

    private const string Supervision = """
        insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from)
        values (id('supervision/{unit}'), {id}, {over}, '2000-01-01');
        """;

    private const string Round = """
        insert into data_protection_key (friendly_name, xml) values ('k', '<key/>');
        insert into signing_key (signing_key_id, public_key, private_key, created_at)
        values (id('key/wall'), 'pem', 'wrapped', now());
        insert into form_draft (form_draft_id, file_name, source, findings, uploaded_at)
        values (id('draft/wall'), 'form.md', 's', '[]', now());
        insert into round (round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means, created_at)
        values (id('round/wall'), 'wall', 2567, 'รอบ', 'Round', '2024-01-01', '2024-12-31', '2024-12-31', 'certified', now()),
               (id('round/draft'), 'draft', 2568, 'รอบ', 'Round', '2025-01-01', '2025-12-31', '2025-12-31', 'certified', now());
        insert into round_audience (round_id, part, kind)
        values (id('round/wall'), 'kind', 'sao'), (id('round/draft'), 'kind', 'sao');
        """;

    private const string Form = """
        insert into form (form_id, sector, shape, title_th, title_en) values ('{state}', 6, 'annual', 'แบบ', 'Form');
        insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
        values ('{state}', 1, 2560, '{}', '', '', now());
        insert into round_form (round_id, form_id, form_version)
        select r, '{state}', 1 from (values (id('round/wall')), (id('round/draft'))) r (r)
        where r = id('round/wall') or '{state}' <> 'spare';
        """;

    private const string Catalogue = """
        insert into catalogue_edition (catalogue, edition, source, sha256, imported_at) values ('wall', 1, 's', '', now());
        insert into catalogue_item (catalogue, edition, code, area, name_th, name_en, kinds, is_compulsory)
        values ('wall', 1, '1', 1, 'รายการ', 'Item', '{sao,subdistrict_municipality,town_municipality}', true);
        update round_form set catalogue = 'wall', catalogue_edition = 1
        where round_id = id('round/wall') and form_id = 'in-progress';
        """;

    private const string Lao = """
        insert into round_roster (round_id, lao_id, kind, name_th, name_en, abbreviation_th, report_order,
            district_id, district_th, district_en, district_order, province_id, province_th, province_en, province_order,
            supervising_unit_id)
        values (id('round/wall'), {id}, '{kind}', 'หน่วย {unit}', '', '', 1, {district}, '', '', 1, {province}, '', '', 1, {over});
        insert into record (lao_id, record_id, form_id, record_number, first_fiscal_year, created_at)
        values ({id}, id('record/{unit}'), 'in-progress', 'R-{unit}', 2567, now()),
               ({id}, id('spare/{unit}'), 'in-progress', 'S-{unit}', 2567, now());
        insert into record_key (lao_id, record_id, form_id, names, same, day)
        values ({id}, id('record/{unit}'), 'in-progress', array['luang prabang {unit}'], array['country=LA'], '2020-06-11');
        insert into record_duplicate (lao_id, record_id, other_record_id, decision, decided_at)
        values ({id}, id('record/{unit}'), id('other'), 'kept', now());
        """;

    /// <summary>A content whose name begins with the LAO's letter, and an upload of its resident.</summary>
    private static readonly string Files =
        """
            insert into file_content (sha256, size, content_type)
            values (set_byte(sha256('{unit}'), 0, {id}), 1, 'application/pdf');
            insert into file_piece (sha256, number, bytes) values (set_byte(sha256('{unit}'), 0, {id}), 0, 'x');
            insert into attachment (lao_id, attachment_id, sha256, name, stored_at, stored_by_name)
            values ({id}, id('attachment/{unit}'), set_byte(sha256('{unit}'), 0, {id}), 'n', now(), 'resident');

            """ + Upload("user/{unit}", "{id}");

    private static string Upload(string user, string lao = "65") =>
        $"""
            insert into file_upload (lao_id, file_upload_id, user_id, subject, name, size, sha256, expires_at)
            values ({lao}, id('upload/{user}'), id('{user}'), 's', 'n', 5, sha256('n'), 'infinity');
            insert into file_upload_piece (lao_id, file_upload_id, number, bytes)
            values ({lao}, id('upload/{user}'), 0, 'x');
            """;

    private const string Submission = """
        insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year)
        values ({id}, id('submission/{unit}/{state}'), id('round/wall'), '{form}', 1, 2567);
        insert into answer_sheet (lao_id, answer_sheet_id, submission_id, answers, revision, draft_by, draft_opened_at, saved_at)
        values ({id}, id('sheet/{unit}/{state}'), id('submission/{unit}/{state}'), '{"q": 1}', 1, id('user/{unit}'), now(), now());
        insert into answer_save (lao_id, answer_sheet_id, save_key, revision)
        values ({id}, id('sheet/{unit}/{state}'), id('save/{unit}/{state}'), 1);
        insert into answer_version (lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at, author_name)
        values ({id}, id('sheet/{unit}/{state}'), 1, 0, 'draft', '{}', now(), now(), 'resident');
        """;

    private const string Events = """
        insert into answer_fact (lao_id, form_id, fiscal_year, question, number, recorded_at)
        values ({id}, 'in-progress', 2567, 'q', 1, now());
        insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
            user_id, user_name, role, unit_id, unit_name)
        select {id}, s, n, gen_random_uuid(), '2024-05-01', a, f, t, id('user/{unit}'), 'resident', 'recorder', {id}, ''
        from (values
            (id('submission/{unit}/in_progress'), 1, 'save', 'not_started', 'in_progress'),
            (id('submission/{unit}/recorded'), 1, 'nil', 'not_started', 'recorded'),
            (id('submission/{unit}/certified'), 1, 'nil', 'not_started', 'recorded'),
            (id('submission/{unit}/certified'), 2, 'certify', 'recorded', 'certified'),
            (id('submission/{unit}/returned'), 1, 'import', 'not_started', 'returned'),
            (id('submission/{unit}/exempt'), 1, 'save', 'not_started', 'in_progress')) e (s, n, a, f, t);
        insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
            user_name, role, unit_name, reason)
        values ({id}, id('submission/{unit}/exempt'), 2, gen_random_uuid(), '2024-05-02', 'exempt', 'in_progress', 'exempt',
            'x', 'administrator', '', 'flood');
        insert into certificate (lao_id, certificate_id, submission_id, content, sha256, certified_at, certifier_id,
            certifier_name, certifier_position)
        values ({id}, id('certificate/{unit}'), id('submission/{unit}/certified'), 'c', sha256('c'), '2024-05-01',
            id('user/{unit}'), 'resident', '');
        insert into certifying_delegation (lao_id, certifying_delegation_id, membership_id, delegate_id, delegate_name, position,
            valid_from, valid_until, order_reference, order_date, attachment_id, delegated_at, delegated_by, delegated_by_name,
            delegated_by_position)
        select {id}, id('delegation/{unit}'), m.membership_id, m.user_id, 'n', 'p', '2024-05-01', '2024-05-31', 'o',
            '2024-05-01', a.attachment_id, '2024-05-01', m.user_id, 'n', ''
        from membership m, attachment a where m.user_id = id('user/{unit}') and a.lao_id = {id} limit 1;
        insert into extension (extension_id, round_id, new_deadline, reason, target, laos, submissions, granted_at, granted_by_name,
            granted_by_unit_id)
        values (id('extension/{unit}'), id('round/wall'), '2024-07-01', 'r', 'laos', 1, 1, '2024-05-01', 'n', {id});
        insert into extension_submission (lao_id, submission_id, extension_id)
        values ({id}, id('submission/{unit}/returned'), id('extension/{unit}'));
        insert into extension_request (lao_id, extension_request_id, round_id, wanted, reason, requested_at, requested_by,
            requested_by_name)
        select {id}, id('request/{unit}'), r.round_id, '2024-07-01', 'r', '2024-05-01', id('user/{unit}'), 'n'
        from round r where r.round_id <> id('round/wall') limit 1;
        insert into field_query (lao_id, field_query_id, submission_id, asked_at)
        values ({id}, id('query/{unit}'), id('submission/{unit}/recorded'), '2024-05-01');
        insert into field_query_message (lao_id, field_query_id, number, at, user_id, user_name, unit_name, from_lao, text)
        values ({id}, id('query/{unit}'), 1, '2024-05-01', id('user/{unit}'), 'n', 'n', false, 't');
        """;
}
