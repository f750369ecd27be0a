using Microsoft.AspNetCore.Mvc.ModelBinding;
using Thongthin.Data;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>What is typed to enter an event. Which fields a kind of event has is decided by its page.</summary>
public sealed class EventForm
{
    internal static readonly IReadOnlyList<UnitEventKind> ForLaos =
    [
        UnitEventKind.Rename,
        UnitEventKind.ChangeKind,
        UnitEventKind.Move,
        UnitEventKind.ChangeCode,
        UnitEventKind.ChangeSupervision,
        UnitEventKind.Merge,
        UnitEventKind.Split,
        UnitEventKind.Abolish,
    ];

    internal static readonly IReadOnlyList<UnitEventKind> ForOffices =
    [
        UnitEventKind.Rename,
        UnitEventKind.ChangeCode,
        UnitEventKind.Abolish,
    ];

    public string? EffectiveOn { get; set; }

    public string? Reason { get; set; }

    public string? Reference { get; set; }

    public string? NameTh { get; set; }

    public string? NameEn { get; set; }

    public string? Kind { get; set; }

    public string? Code { get; set; }

    /// <summary>Unit id of a district.</summary>
    public int? District { get; set; }

    /// <summary>Unit id of a province, for a new district.</summary>
    public int? Province { get; set; }

    /// <summary>Unit id of the office that supervises.</summary>
    public int? Supervisor { get; set; }

    /// <summary>Codes of the other LAOs that end in a merger.</summary>
    public string? Others { get; set; }

    /// <summary>Code of the LAO that takes the others in; empty: a new one begins.</summary>
    public string? Successor { get; set; }

    /// <summary>Whether the old one ends in a split.</summary>
    public bool Ends { get; set; }

    /// <summary>The second new LAO of a split.</summary>
    public string? SecondNameTh { get; set; }

    public string? SecondKind { get; set; }

    public string? SecondCode { get; set; }

    /// <summary>change-kind</summary>
    internal static string Slug(UnitEventKind kind) => SnakeCase.Of(kind).Replace('_', '-');

    internal static UnitEventKind? OfSlug(string slug) =>
        ForLaos.Cast<UnitEventKind?>().FirstOrDefault(kind => Slug(kind!.Value) == slug);

    /// <summary>The kind of LAO or office that was chosen; null when none was.</summary>
    internal static UnitKind? KindOf(string? text) =>
        Enum.GetValues<UnitKind>().Cast<UnitKind?>().FirstOrDefault(kind => SnakeCase.Of(kind!.Value) == text);

    /// <summary>Seven digits are eight that lost their 0; Thai digits are digits.</summary>
    internal static string? CodeOf(string? text)
    {
        var code = ThaiDigits.ToArabic(text ?? "").Trim();
        return code.Length == 0 ? null
            : code.Length == 7 && code.All(char.IsAsciiDigit) ? "0" + code
            : code;
    }

    /// <summary>Day, reason and reference; null when something is missing, which is then in <paramref name="errors"/>.</summary>
    internal UnitEventRequest? Request(ModelStateDictionary errors, Texts texts)
    {
        if (!ThaiDate.TryParse(EffectiveOn, out var day))
        {
            errors.AddModelError("Form.EffectiveOn", texts["directory.event.day_missing"]);
        }
        if (string.IsNullOrWhiteSpace(Reason))
        {
            errors.AddModelError("Form.Reason", texts["directory.event.reason_missing"]);
        }
        return errors.IsValid ? new UnitEventRequest(day, Reason!, Reference) : null;
    }

    internal NewUnit? NewLao(
        UnitVersionRow near,
        string? name,
        string? kind,
        string? code,
        string field,
        ModelStateDictionary errors,
        Texts texts
    )
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.AddModelError($"Form.{field}NameTh", texts["refusal.unit_name"]);
        }
        if (KindOf(kind) is not { } chosen || !chosen.IsLao())
        {
            errors.AddModelError($"Form.{field}Kind", texts["directory.event.kind_missing"]);
            return null;
        }
        return errors.IsValid
            ? new NewUnit(
                chosen,
                name!,
                field.Length == 0 ? NameEn ?? "" : "",
                CodeOf(code),
                near.ProvinceId,
                near.DistrictId,
                ReportOrder: near.ReportOrder
            )
            : null;
    }
}
