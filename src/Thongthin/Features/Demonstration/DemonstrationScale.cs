using Thongthin.Forms.Schema;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// How much of the country has answers. States and counts are there for everybody; the usual scale has answers for อุตรดิตถ์ and for
/// one LAO in fifty elsewhere, the full one for all, and one fiscal year more.
/// </summary>
/// <param name="share">of the LAOs outside อุตรดิตถ์</param>
internal sealed class DemonstrationScale(double share)
{
    private const string Uttaradit = "อุตรดิตถ์";

    public static DemonstrationScale Usual { get; } = new(0.02);

    public static DemonstrationScale Full { get; } = new(1);

    public bool IsFull => share >= 1;

    /// <summary>Whether the demonstration carries the LAO's answers to this form.</summary>
    public bool AreCarried(DemonstrationLao lao, FormDefinition form) =>
        (lao.ProvinceTh == Uttaradit || Chance.Of("answers", lao.Code) < share) && HasSome(lao, form);

    /// <summary>
    /// Whether the LAO declares that it has none. Few have agreements: where none are carried, it is taken to have none.
    /// </summary>
    public bool AreNil(DemonstrationLao lao, FormDefinition form) =>
        !HasSome(lao, form) || (form.Id == DemonstrationRound.Agreements && !AreCarried(lao, form));

    private static bool HasSome(DemonstrationLao lao, FormDefinition form) =>
        form.Shape != FormShape.Register || Chance.Of("has", form.Id, lao.Code) < Share(lao.Kind, form.Id);

    private static double Share(string kind, string formId) =>
        (formId, kind) switch
        {
            (DemonstrationRound.Agreements, "pao" or "city_municipality") => 0.9,
            (DemonstrationRound.Agreements, "town_municipality") => 0.6,
            (DemonstrationRound.Agreements, _) => 0.15,
            ("local-schools" or "health-facilities", "sao") => 0.25,
            _ => 0.85,
        };
}
