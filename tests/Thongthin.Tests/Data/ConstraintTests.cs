using Npgsql;
using Thongthin.Data;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Data;

/// <summary>
/// Every constraint of the schema, and every error that its functions raise, either becomes a message that a person
/// understands or stands here as one that only a bug can break. Primary and foreign keys are of the second kind unless
/// mapped: ids are made by the program, references come from rows that were just read.
/// </summary>
public sealed class ConstraintTests
{
    /// <summary>Values that the program computes or checks before: who breaks one of these has found a bug.</summary>
    private static readonly string[] BugsOnly =
    [
        "TH005", // a submission that does not start as not_started, with its round's year and form version
        "TH009", // certificate and state disagree
        "TH010", // a version that is not the draft as it stands
        "ck_answer_fact_value",
        "TH022", // another content under the same SHA-256
        "ck_progress_snapshot_daily",
        "ck_saved_filter_address",
        "ck_saved_filter_name",
        "ck_saved_filter_number",
        "uq_progress_snapshot_daily",
        "ck_answer_sheet_remove_reason",
        "ck_answer_sheet_status",
        "ck_app_user_display_name",
        "ck_app_user_language",
        "ck_attachment_name",
        "ck_attachment_thumbnail",
        "ck_catalogue_edition_catalogue",
        "ck_catalogue_edition_number",
        "ck_catalogue_item_area",
        "ck_catalogue_item_period",
        "ck_certificate_check_code",
        "ck_certificate_sha256",
        "ck_certificate_signed",
        "ck_certificate_void",
        "ck_certifying_delegation_ended",
        "ck_extension_reason",
        "ck_field_query_closed",
        "ck_field_query_message_text",
        "ck_field_query_waits",
        "ck_extension_request_answer",
        "ck_extension_request_answered",
        "ck_extension_request_reason",
        "ck_extension_target",
        "ck_extension_withdrawn",
        "ck_certifying_delegation_order",
        "ck_certifying_delegation_period",
        "uq_certifying_delegation_membership",
        "ck_file_content_sha256",
        "ck_file_content_size",
        "ck_file_content_type",
        "ck_file_piece_bytes",
        "ck_file_upload_piece_bytes",
        "ck_file_upload_received",
        "ck_file_upload_sha256",
        "ck_file_upload_size",
        "ck_form_id",
        "ck_form_sector",
        "ck_form_shape",
        "ck_form_version_fiscal_year",
        "ck_form_version_number",
        "ck_invitation_role",
        "ck_membership_period",
        "ck_membership_role",
        "ck_progress_count_not_negative",
        "ck_progress_snapshot_level",
        "ck_record_duplicate_decision",
        "ck_round_audience_part",
        "ck_round_done_means",
        "ck_round_fiscal_year",
        "ck_round_form_catalogue",
        "ck_round_return_days",
        "ck_round_slug",
        "ck_round_title",
        "ck_signing_key_retired",
        "ck_submission_event_action",
        "ck_submission_event_reason",
        "ck_submission_state",
        "ck_supervision_period",
        "ck_unit_abolished_after_created",
        "ck_unit_area",
        "ck_unit_coordinates",
        "ck_unit_place_as_of",
        "ck_unit_event_kind",
        "ck_unit_event_unit_part",
        "ck_unit_group_name",
        "ck_unit_version_kind",
        "ck_unit_version_name",
        "ck_unit_version_period",
        "ck_unit_version_place",
        "ck_workbook_upload_applied",
        "uq_certificate_check_code",
        "uq_invitation_token",
        "uq_progress_day",
        "uq_progress_snapshot_number",
        "uq_round_audience",
        "uq_signing_key_in_use",
    ];

    [Fact]
    public async Task Constraint_IsAMessageOrABug()
    {
        var names = await NamesAsync(await TestServer.CreateDatabaseAsync());

        Unplaced(names).ShouldBeEmpty("map these in ConstraintMessages, or list them here");
        ConstraintMessages
            .All.Keys.Where(name => name != PostgresErrorCodes.InsufficientPrivilege)
            .Concat(BugsOnly)
            .Except(names)
            .ShouldBeEmpty("no such constraint or error");
        ConstraintMessages.All.Keys.Intersect(BugsOnly).ShouldBeEmpty("either a message or a bug");
    }

    [Theory]
    [InlineData("alter table round add constraint ck_planted check (return_days < 400)", "ck_planted")]
    [InlineData("create unique index uq_planted on round (title_th)", "uq_planted")]
    [InlineData(
        "create function planted() returns int language plpgsql as $$ begin raise exception 'no' using errcode = 'TH999'; end $$",
        "TH999"
    )]
    public async Task Constraint_WhenOneIsNew_IsFound(string change, string name)
    {
        var database = await TestServer.CreateDatabaseAsync();
        await using (var owner = new NpgsqlConnection(database.OwnerConnectionString))
        {
            await owner.OpenAsync();
            await using var command = new NpgsqlCommand(change, owner);
            await command.ExecuteNonQueryAsync();
        }

        Unplaced(await NamesAsync(database)).ShouldContain(name);
    }

    private static List<string> Unplaced(IEnumerable<string> names) =>
        [
            .. names
                .Where(name =>
                    !name.StartsWith("pk_", StringComparison.Ordinal)
                    && !name.StartsWith("fk_", StringComparison.Ordinal)
                )
                .Except(ConstraintMessages.All.Keys)
                .Except(BugsOnly)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Constraints, unique indexes, and the SQLSTATEs of our own that functions raise.</summary>
    private static async Task<List<string>> NamesAsync(TestDatabase database)
    {
        await using var owner = new NpgsqlConnection(database.OwnerConnectionString);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u', 'c', 'x')
            union
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indisunique and c.relnamespace = 'public'::regnamespace
            union
            select m[1] from pg_proc p, regexp_matches(p.prosrc, 'errcode = ''(TH\d{3})''', 'g') m
            where p.pronamespace = 'public'::regnamespace
            """,
            owner
        );
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }
}
