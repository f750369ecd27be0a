using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Accounts;

/// <summary>One line of the own account's log.</summary>
internal sealed record SignInLogRow(DateTimeOffset At, string Action, string? Address);

/// <summary>The own account: who I am here, my memberships, when and from where my account was used.</summary>
[Authorize(Policies.Member)]
internal sealed class AccountModel(AppDb db, TimeProvider clock) : PageModel
{
    private const int ShownEvents = 30;

    public User Person { get; private set; } = null!;

    public IReadOnlyList<MembershipRow> Memberships { get; private set; } = [];

    public IReadOnlyList<SignInLogRow> Log { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var userId = User.UserId();
        Person = await db.Set<User>().SingleAsync(user => user.Id == userId, cancellationToken);
        Memberships = await MembershipQueries.OfUserAsync(db, userId, BangkokTime.Today(clock), cancellationToken);
        Log = await db
            .Database.SqlQuery<SignInLogRow>(
                $"""
                select at, action, detail ->> 'address' as address
                from audit_event
                where user_id = {userId}
                  and action in ('signed_in', 'sign_in_failed', 'sign_in_locked', 'signed_out', 'password_set')
                order by sequence desc
                limit {ShownEvents}
                """
            )
            .ToListAsync(cancellationToken);
    }
}
