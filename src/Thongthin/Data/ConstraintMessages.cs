using Npgsql;
using Thongthin.Platform.Security;

namespace Thongthin.Data;

/// <summary>
/// The database's constraints do the last validation; here their names become the codes of messages a person
/// understands (texts <c>refusal.CODE</c>). A violation that is not listed is a bug and stays an exception.
/// </summary>
internal static class ConstraintMessages
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        // raised by triggers and functions
        ["TH001"] = "no_membership",
        ["TH002"] = "round_is_open",
        ["TH003"] = "answers_frozen",
        ["TH004"] = "certificate_void",
        ["TH006"] = "state_changed",
        ["TH007"] = "move_not_allowed",
        ["TH008"] = "role_not_at_unit",
        ["TH021"] = "upload_not_found",
        ["TH023"] = "delegation_not_yours",
        ["TH024"] = "delegate_unknown",
        ["TH025"] = "extension_withdrawn",
        ["TH026"] = "extension_request_answered",
        ["TH027"] = "query_closed",
        // row-level security refused the write
        ["42501"] = "not_allowed",
        // constraints
        ["uq_app_user_name"] = "user_name_taken",
        ["uq_app_user_email"] = "email_taken",
        ["ex_membership_once"] = "membership_exists",
        ["ex_unit_version_name"] = "unit_name_taken",
        ["ex_unit_version_period"] = "unit_period_overlaps",
        ["ex_supervision_period"] = "supervision_overlaps",
        ["uq_unit_group_name"] = "group_name_taken",
        ["uq_round_slug"] = "round_slug_taken",
        ["ck_round_days"] = "round_days",
        ["uq_submission_once"] = "submission_exists",
        ["uq_extension_request_open"] = "extension_asked_already",
        ["uq_certificate_valid"] = "certificate_exists",
        ["pk_submission_event"] = "state_changed",
        ["uq_record_number"] = "record_number_taken",
        ["uq_saved_filter_name"] = "filter_name_taken",
        ["uq_answer_sheet_record"] = "record_exists",
    };

    /// <summary>Constraint name or SQLSTATE → code.</summary>
    public static IReadOnlyDictionary<string, string> All => Codes;

    /// <summary>The refusal that a database error stands for, or null when it is a bug.</summary>
    public static Refusal? Of(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException!)
        {
            if (e is PostgresException p)
            {
                return p.ConstraintName is { } name && Codes.TryGetValue(name, out var code) ? new Refusal(code)
                    : Codes.TryGetValue(p.SqlState, out code) ? new Refusal(code)
                    : null;
            }
        }
        return null;
    }
}
