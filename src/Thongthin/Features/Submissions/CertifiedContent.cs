using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions.Items;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>A sheet as it is certified: the record's number (null for an annual form) and what its answers come to.</summary>
/// <param name="Item">of a catalogue: the item that it answers; else null</param>
internal sealed record CertifiedSheet(
    Guid SheetId,
    string? RecordNumber,
    int Revision,
    FormEvaluation Evaluation,
    ItemRow? Item = null
);

/// <summary>The answers of a certificate.</summary>
internal sealed record CertifiedAnswers(bool IsNil, IReadOnlyList<CertifiedAnswerSheet> Sheets);

/// <summary>One sheet of a certificate.</summary>
/// <param name="Title">of a record: its number and name; empty for an annual sheet</param>
/// <param name="Answers">JSON, calculated values included</param>
internal sealed record CertifiedAnswerSheet(Guid SheetId, string Title, string Answers);

/// <summary>
/// Puts together what a certifier signs, so that it can be read without the program: answers that count with calculated
/// values, the questions' labels in both languages, the form's version and hash, the LAO as in the roster, the round with
/// its deadlines, nil, who certified and when. Written as canonical bytes; what is not in them was not certified.
/// </summary>
internal static class CertifiedContent
{
    /// <summary>Changes when members are renamed or removed; readers of old certificates look at it first.</summary>
    public const int Format = 1;

    public static byte[] Write(
        Guid certificateId,
        Actor actor,
        CertifiedDelegation? delegation,
        LockedSubmission.Row submission,
        Round round,
        RoundRoster lao,
        Forms.FormVersion version,
        FormDefinition form,
        IReadOnlyList<CertifiedSheet> sheets,
        IReadOnlyDictionary<Guid, byte[]> fileHashes
    ) =>
        CanonicalJson.Write(
            new JsonObject
            {
                ["format"] = Format,
                ["certificate_id"] = certificateId.ToString(),
                ["certified_at"] = Time(actor.At),
                ["certifier"] = Certifier(actor, delegation),
                ["fiscal_year"] = submission.FiscalYear,
                ["form"] = Form(submission, version, form, sheets),
                ["lao"] = Lao(lao),
                ["round"] = Round(round),
                ["submission"] = new JsonObject
                {
                    ["submission_id"] = submission.SubmissionId.ToString(),
                    ["nil"] = submission.IsNil,
                    ["recorded_at"] = submission.RecordedAt is { } at ? Time(at) : null,
                    ["open_until"] = submission.OpenUntil is { } until ? Day(until) : null,
                    ["extended_until"] = submission.ExtendedUntil is { } extended ? Day(extended) : null,
                },
                ["sheets"] = new JsonArray([.. sheets.Select(sheet => Sheet(sheet, fileHashes))]),
            }
        );

    private static JsonObject Certifier(Actor actor, CertifiedDelegation? delegation)
    {
        var certifier = new JsonObject
        {
            ["name"] = actor.DisplayName,
            ["position"] = actor.Position,
            ["unit"] = actor.UnitName,
        };
        if (delegation is not null)
        {
            certifier["delegation"] = delegation.ToJson();
        }
        return certifier;
    }

    private static JsonObject Lao(RoundRoster lao) =>
        new()
        {
            ["code"] = lao.Code,
            ["kind"] = lao.Kind,
            ["name_th"] = lao.NameTh,
            ["name_en"] = lao.NameEn,
            ["abbreviation_th"] = lao.AbbreviationTh,
            ["district_th"] = lao.DistrictTh,
            ["province_th"] = lao.ProvinceTh,
        };

    private static JsonObject Round(Round round) =>
        new()
        {
            ["slug"] = round.Slug,
            ["title_th"] = round.TitleTh,
            ["title_en"] = round.TitleEn,
            ["opens_on"] = Day(round.OpensOn),
            ["deadline"] = Day(round.Deadline),
            ["closes_on"] = Day(round.ClosesOn),
            ["done_means"] = SnakeCase.Of(round.DoneMeans),
        };

    private static JsonObject Form(
        LockedSubmission.Row row,
        Forms.FormVersion version,
        FormDefinition form,
        IReadOnlyList<CertifiedSheet> sheets
    ) =>
        new()
        {
            ["form_id"] = row.FormId,
            ["version"] = row.FormVersion,
            ["sha256"] = Convert.ToHexStringLower(version.Sha256),
            ["title_th"] = form.Title.Th,
            ["title_en"] = form.Title.En,
            ["questions"] = new JsonArray([.. form.AllNodes.Select(Question)]),
            ["choices"] = Choices(form, sheets),
        };

    private static JsonObject Question(FormNode node)
    {
        var question = node as Question;
        return new JsonObject
        {
            ["name"] = node.Name,
            ["type"] =
                question is not null ? SnakeCase.Of(question.Type)
                : node is Repeat ? "repeat"
                : "group",
            ["label_th"] = node.Label.Th,
            ["label_en"] = node.Label.En,
            ["unit_th"] = question?.Unit.Th,
            ["unit_en"] = question?.Unit.En,
        };
    }

    /// <summary>The labels of the choices that were made, by question.</summary>
    private static JsonObject Choices(FormDefinition form, IReadOnlyList<CertifiedSheet> sheets)
    {
        var choices = new JsonObject();
        foreach (var state in sheets.SelectMany(s => s.Evaluation.States))
        {
            if (state is not { Node: Question question, IsAnswered: true } || form.ListOf(question) is not { } list)
            {
                continue;
            }
            if (choices[question.Name] is not JsonObject made)
            {
                choices[question.Name] = made = [];
            }
            foreach (var name in state.Value.ToText().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                made[name] ??= list.Find(name) is { } choice
                    ? new JsonObject { ["th"] = choice.Label.Th, ["en"] = choice.Label.En }
                    : null;
            }
        }
        return choices;
    }

    /// <summary>The files among these answers.</summary>
    public static IEnumerable<Guid> FilesOf(JsonNode? answers) =>
        StoredFile.Of(answers) is { } file
            ? [file.Id]
            : answers switch
            {
                JsonObject members => members.SelectMany(member => FilesOf(member.Value)),
                JsonArray rows => rows.SelectMany(FilesOf),
                _ => [],
            };

    /// <summary>Each file with the SHA-256 of its bytes: the certificate covers what is in it, not only its name.</summary>
    private static JsonNode? WithHashes(JsonNode? answers, IReadOnlyDictionary<Guid, byte[]> hashes)
    {
        if (StoredFile.Of(answers) is { } file)
        {
            var json = file.ToJson();
            json["sha256"] = Convert.ToHexStringLower(hashes[file.Id]);
            return json;
        }
        return answers switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, WithHashes(member.Value, hashes)))
            ),
            JsonArray rows => new JsonArray([.. rows.Select(row => WithHashes(row, hashes))]),
            _ => answers?.DeepClone(),
        };
    }

    /// <summary>What a certificate says was answered, to compare it with what is answered now.</summary>
    public static CertifiedAnswers Read(string content)
    {
        var json = JsonNode.Parse(content)!;
        return new(
            json["submission"]!["nil"]!.GetValue<bool>(),
            [
                .. json["sheets"]!
                    .AsArray()
                    .Select(sheet => new CertifiedAnswerSheet(
                        Guid.Parse(sheet!["sheet_id"]!.GetValue<string>()),
                        $"{sheet["record_number"]?.GetValue<string>()} {sheet["label"]?.GetValue<string>()}".Trim(),
                        WithoutHashes(sheet["answers"])!.ToJsonString()
                    )),
            ]
        );
    }

    private static JsonNode? WithoutHashes(JsonNode? answers) =>
        StoredFile.Of(answers) is { } file
            ? file.ToJson()
            : answers switch
            {
                JsonObject members => new JsonObject(
                    members.Select(member => KeyValuePair.Create(member.Key, WithoutHashes(member.Value)))
                ),
                JsonArray rows => new JsonArray([.. rows.Select(WithoutHashes)]),
                _ => answers?.DeepClone(),
            };

    private static JsonObject Sheet(CertifiedSheet sheet, IReadOnlyDictionary<Guid, byte[]> fileHashes)
    {
        var json = new JsonObject
        {
            ["sheet_id"] = sheet.SheetId.ToString(),
            ["record_number"] = sheet.RecordNumber,
            ["label"] = sheet.Item?.NameTh ?? sheet.Evaluation.RecordLabel,
            ["revision"] = sheet.Revision,
            ["answers"] = WithHashes(sheet.Evaluation.Content, fileHashes),
        };
        if (sheet.Item is { } item)
        {
            json["item"] = new JsonObject
            {
                ["area"] = item.Area,
                ["name_th"] = item.NameTh,
                ["name_en"] = item.NameEn,
                ["department_th"] = item.DepartmentTh,
                ["unit_th"] = item.UnitTh,
                ["unit_en"] = item.UnitEn,
            };
        }
        return json;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
