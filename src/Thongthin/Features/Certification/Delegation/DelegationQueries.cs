using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Certification.Delegation;

/// <summary>Reads delegations of an LAO; the database shows those in scope.</summary>
internal sealed class DelegationQueries(AppDb db)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<DelegationRow>> ListAsync(int laoId, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<DelegationRow>(
                $"""
                select d.certifying_delegation_id, d.delegate_id, d.delegate_name, d.position, d.valid_from, d.valid_until,
                    d.order_reference, d.order_date, d.attachment_id, a.name as file_name, d.delegated_at, d.delegated_by_name,
                    d.ended_at, d.ended_by_name, m.valid_to as membership_ends
                from certifying_delegation d
                join attachment a using (lao_id, attachment_id)
                join membership m using (membership_id)
                where d.lao_id = {laoId}
                order by d.delegated_at desc, d.certifying_delegation_id desc
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>People who are in this LAO on that day, but for one.</summary>
    public async Task<IReadOnlyList<DelegateRow>> ListPeopleAsync(
        int laoId,
        Guid but,
        DateOnly day,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<DelegateRow>(
                $"""
                select * from (
                    select distinct on (p.user_id) p.user_id, p.display_name,
                        coalesce(nullif(m.position, ''), p.position) as position
                    from membership m join person p using (user_id)
                    where m.unit_id = {laoId} and p.user_id <> {but} and p.disabled_at is null
                      and m.valid_from <= {day} and (m.valid_to is null or m.valid_to > {day})
                    order by p.user_id, m.valid_from) people
                order by display_name collate thai
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Whether this membership is one that certifies for somebody.</summary>
    public async Task<bool> IsDelegateAsync(Guid membershipId, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<bool>(
                    $"""
                    select exists (select from certifying_delegation where membership_id = {membershipId}) as "Value"
                    """
                )
                .ToListAsync(cancellationToken)
        ).Single();
}
