using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>A page of one round that may look at a province or a district alone.</summary>
internal abstract class PlacePage(ProgressQueries queries, CurrentActor current, Texts texts)
    : ProgressPage(queries, current, texts)
{
    [BindProperty(SupportsGet = true)]
    public int? Province { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? District { get; set; }

    public Place? ProvincePlace { get; private set; }

    public Place? DistrictPlace { get; private set; }

    /// <summary>False when the day of the address was not understood: then nothing is shown.</summary>
    public bool IsReadable => ModelState.IsValid;

    public override IEnumerable<(string Name, string Value)> KeptFields =>
        base.KeptFields.Concat(
            new[] { ("province", Province), ("district", District) }
                .Where(p => p.Item2 is not null)
                .Select(p => (p.Item1, p.Item2!.Value.ToString(CultureInfo.InvariantCulture)))
        );

    /// <summary>จังหวัด/อำเภอ – the round</summary>
    protected string PlaceAndRound
    {
        get
        {
            var place = (DistrictPlace ?? ProvincePlace) is { } p
                ? Texts.Pick(p.NameTh, p.NameEn)
                : Texts["progress.snapshots.country"];
            return $"{place} – {TableWords.RoundTitle(Texts, Round.Head)}";
        }
    }

    /// <returns>false: the round has no such place</returns>
    protected async Task<bool> FindPlacesAsync(CancellationToken cancellationToken)
    {
        if (District is { } district)
        {
            if (await Queries.FindDistrictAsync(Round.RoundId, district, null, cancellationToken) is not { } found)
            {
                return false;
            }
            (ProvincePlace, DistrictPlace) = found;
        }
        else if (Province is { } province)
        {
            ProvincePlace = await Queries.FindProvinceAsync(Round.RoundId, province, null, cancellationToken);
            return ProvincePlace is not null;
        }
        return true;
    }
}
