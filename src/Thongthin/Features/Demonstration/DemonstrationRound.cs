using Thongthin.Platform.Thai;

namespace Thongthin.Features.Demonstration;

/// <summary>A round of the demonstration: when it ran and how it went.</summary>
/// <param name="ReportedOn">a day on which the done LAOs are exactly those of the printed tables; null: no such day</param>
/// <param name="FinishedShare">share of the LAOs that are done when the round has closed</param>
/// <param name="Province">the only province that is asked; null: all</param>
internal sealed record DemonstrationRound(
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    string DoneMeans,
    IReadOnlyList<string> Forms,
    DateOnly? ReportedOn,
    double FinishedShare,
    string? Province = null
)
{
    public const string Agreements = "international-agreements";

    /// <summary>The catalogue of missions that were transferred.</summary>
    public const string Missions = "transferred-missions";

    /// <summary>The annual forms of the eight sectors, in their order.</summary>
    public static IReadOnlyList<string> Sectors { get; } =
    [
        "disasters-and-environment",
        "innovation-and-education",
        "public-health",
        "infrastructure",
        "water-management",
        "governance",
        "society-religion-culture",
        "economy-and-tourism",
    ];

    /// <summary>The registers of things that live over the years, besides the agreements.</summary>
    public static IReadOnlyList<string> Registers { get; } =
    [
        "child-development-centres",
        "local-schools",
        "health-facilities",
        "water-supply-systems",
        "water-sources",
        "tourism-sites",
        "community-enterprises",
    ];

    /// <summary>The round that is open when the demonstration is loaded.</summary>
    public const string Current = "info-current";

    public Guid RoundId { get; } = Guid.CreateVersion7();

    public bool IsOpen(DateOnly today) => ClosesOn >= today;

    public bool Asks(DemonstrationLao lao) => Province is null || lao.ProvinceTh == Province;

    /// <summary>In the order of time.</summary>
    public static IReadOnlyList<DemonstrationRound> All(TimeProvider clock, DemonstrationScale scale)
    {
        var today = BangkokTime.Today(clock);
        var fiscalYear = Platform.Thai.FiscalYear.Of(today);
        return
        [
            new(
                "agreements-2563",
                2563,
                "การจัดทำความตกลงความร่วมมือระหว่างประเทศ ประจำปีงบประมาณ พ.ศ. 2563",
                "International co-operation agreements, fiscal year 2563",
                new(2020, 4, 1),
                new(2020, 5, 31),
                new(2020, 10, 16),
                "recorded",
                [Agreements],
                new(2020, 6, 11),
                0.957
            ),
            new(
                "info-2564",
                2564,
                "ข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น ประจำปีงบประมาณ พ.ศ. 2564",
                "Central data of local authorities, fiscal year 2564",
                new(2021, 8, 2),
                new(2021, 9, 30),
                new(2021, 12, 30),
                "certified",
                [.. Sectors, Agreements],
                null,
                0.982
            ),
            new(
                "agreements-2565",
                2565,
                "การจัดทำความตกลงความร่วมมือระหว่างประเทศ ประจำปีงบประมาณ พ.ศ. 2565",
                "International co-operation agreements, fiscal year 2565",
                new(2022, 10, 3),
                new(2022, 12, 30),
                new(2023, 1, 31),
                "recorded",
                [Agreements],
                null,
                0.991
            ),
            .. scale.IsFull ? Between() : [],
            new(
                "missions-2567",
                2567,
                "ภารกิจที่ได้รับการถ่ายโอน ประจำปีงบประมาณ พ.ศ. 2567",
                "Transferred missions, fiscal year 2567",
                new(2024, 6, 3),
                new(2024, 7, 31),
                new(2024, 9, 30),
                "recorded",
                [Missions],
                null,
                0.975
            ),
            new(
                Current,
                fiscalYear,
                $"ข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น ประจำปีงบประมาณ พ.ศ. {fiscalYear}",
                $"Central data of local authorities, fiscal year {fiscalYear}",
                today.AddDays(-21),
                today.AddDays(30),
                today.AddDays(45),
                "certified",
                [.. Sectors, Agreements],
                null,
                0.11
            ),
            new(
                "registers-current",
                fiscalYear,
                $"ทะเบียนประจำองค์กรปกครองส่วนท้องถิ่น ประจำปีงบประมาณ พ.ศ. {fiscalYear} (จังหวัดอุตรดิตถ์)",
                $"Registers of local authorities, fiscal year {fiscalYear} (Uttaradit)",
                today.AddDays(-60),
                today.AddDays(30),
                today.AddDays(45),
                "certified",
                Registers,
                null,
                0.4,
                "อุตรดิตถ์"
            ),
            new(
                "missions-current",
                fiscalYear,
                $"ภารกิจที่ได้รับการถ่ายโอน ประจำปีงบประมาณ พ.ศ. {fiscalYear} (จังหวัดอุตรดิตถ์)",
                $"Transferred missions, fiscal year {fiscalYear} (Uttaradit)",
                today.AddDays(-10),
                today.AddDays(30),
                today.AddDays(45),
                "recorded",
                [Missions],
                null,
                0.3,
                "อุตรดิตถ์"
            ),
        ];
    }

    /// <summary>The round of the full scale alone: a third fiscal year of everything.</summary>
    public const string Third = "info-2567";

    private static IReadOnlyList<DemonstrationRound> Between() =>
        [
            new(
                Third,
                2567,
                "ข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น ประจำปีงบประมาณ พ.ศ. 2567",
                "Central data of local authorities, fiscal year 2567",
                new(2024, 8, 1),
                new(2024, 9, 30),
                new(2024, 12, 30),
                "certified",
                [.. Sectors, Agreements],
                null,
                0.985
            ),
        ];
}
