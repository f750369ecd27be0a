using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Invites everybody in a spreadsheet, in three steps: the file is checked, the people are shown, all are invited at once. What
/// passes from step to step travels sealed in the page: nothing is stored before the last step, and the links never.
/// </summary>
[Authorize(Policies.Administrator)]
internal sealed class InviteManyModel(
    InvitePeople invite,
    AppDb db,
    CurrentActor current,
    TimeProvider clock,
    Texts texts,
    IDataProtectionProvider protection
) : PageModel
{
    private static readonly TableLimits FileLimits = new(MaxBytes: 5 * 1024 * 1024, MaxRows: 5_001);

    private readonly IDataProtector _seal = protection.CreateProtector("accounts.invite-many");

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? Sealed { get; set; }

    public IReadOnlyList<SheetFinding> Findings { get; private set; } = [];

    public IReadOnlyList<SheetPerson> People { get; private set; } = [];

    public IReadOnlyList<IssuedInvitation>? Issued { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancellationToken)
    {
        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), texts["accounts.many.file_missing"]);
            return this.Invalid();
        }
        await using var stream = Upload.OpenReadStream();
        var reading = await TableReader.ReadAsync(stream, FileLimits, cancellationToken);
        var units = await UnitQueries.AllInScopeAsync(db, BangkokTime.Today(clock), cancellationToken);
        var result = new InvitationSheet(texts, units).Read(reading);
        Findings = result.Findings;
        People = result.People;
        if (Findings.Count > 0)
        {
            return this.Invalid();
        }
        Sealed = Seal(new Checked(current.Value.UserId, [.. People]));
        return Page();
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancellationToken)
    {
        if (Open<Checked>() is not { } people || people.By != current.Value.UserId)
        {
            ModelState.AddModelError("", texts["accounts.many.stale"]);
            return this.Invalid();
        }
        People = people.People;
        try
        {
            var requests = people.People.Select(person => person.Request).ToList();
            Issued = await invite.ExecuteAsync(current.Value, requests, cancellationToken);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
        Sealed = Seal(
            new Links([.. people.People.Zip(Issued, (person, one) => new Link(person, LinkOf(one), one.ExpiresAt))])
        );
        return Page();
    }

    public IActionResult OnPostDownload()
    {
        if (Open<Links>() is not { } links)
        {
            ModelState.AddModelError("", texts["accounts.many.stale"]);
            return this.Invalid();
        }
        var stream = new MemoryStream();
        using (var workbook = new XlsxWriter(stream))
        {
            workbook.BeginSheet(
                texts["accounts.many.link"],
                [
                    new(texts["accounts.display_name"], 28),
                    new(texts["accounts.unit"], 34),
                    new(texts["accounts.role_label"], 20),
                    new(texts["accounts.email"], 26),
                    new(texts["accounts.many.link"], 80),
                    new(texts["accounts.expires"], 26),
                ]
            );
            foreach (var (person, link, expires) in links.All)
            {
                var request = person.Request;
                var role = texts["role." + request.Role];
                workbook.Row(request.DisplayName, person.Unit, role, request.Email, link, texts.Moment(expires));
            }
        }
        stream.Position = 0;
        return File(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "invitations.xlsx");
    }

    public IActionResult OnGetTemplate()
    {
        var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row("unit", "role", "name", "position", "email");
            csv.Row("อบต.แสนตอ", "ผู้บันทึก", "สมมติ ตัวอย่างดี", "นักวิชาการคอมพิวเตอร์", "somsri@example.go.th");
        }
        stream.Position = 0;
        return File(stream, "text/csv", "invitations.csv");
    }

    public string LinkOf(IssuedInvitation one) =>
        $"{Request.Scheme}://{Request.Host}{InvitationToken.PathOf(one.Token)}";

    private string Seal<T>(T content) =>
        Base64Url.EncodeToString(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(content)));

    private T? Open<T>()
        where T : class
    {
        if (string.IsNullOrEmpty(Sealed) || !Base64Url.IsValid(Sealed))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<T>(_seal.Unprotect(Base64Url.DecodeFromChars(Sealed)));
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Checked(Guid? By, List<SheetPerson> People);

    private sealed record Links(List<Link> All);

    private sealed record Link(SheetPerson Person, string Address, DateTimeOffset ExpiresAt);
}
