using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Submissions;

/// <summary>
/// A submission under its row lock, inside the transaction of one operation. Whoever holds it is alone: a second
/// operation on the same submission waits, and then finds what the first left. Disposing without
/// <see cref="CommitAsync"/> undoes everything. It cannot be had for a submission that the actor does not see.
/// </summary>
internal sealed class LockedSubmission : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly bool _ownsTransaction;

    private LockedSubmission(AppDb db, Actor actor, IDbContextTransaction transaction, bool ownsTransaction, Row row)
    {
        Db = db;
        Actor = actor;
        _transaction = transaction;
        _ownsTransaction = ownsTransaction;
        Now = row;
        State = row.State;
        EventCount = row.EventCount;
    }

    public AppDb Db { get; }

    public Actor Actor { get; }

    /// <summary>The row as it was when the lock was taken.</summary>
    public Row Now { get; }

    public SubmissionKey Key => new(Now.LaoId, Now.SubmissionId);

    /// <summary>Follows the moves made in this transaction.</summary>
    public SubmissionState State { get; private set; }

    public int EventCount { get; private set; }

    public DateOnly Today => BangkokTime.Day(Actor.At);

    /// <summary>The lock on one submission in a transaction of its own.</summary>
    /// <exception cref="Refusal">submission_not_found: there is none, or it is not this actor's to see.</exception>
    public static async Task<LockedSubmission> OpenAsync(
        AppDb db,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    )
    {
        Require(db, actor);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            return await LockAsync(db, actor, transaction, true, key, cancellationToken);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>One of several locks in a transaction that the caller ends. Take them in the order of the keys.</summary>
    public static Task<LockedSubmission> JoinAsync(
        AppDb db,
        Actor actor,
        IDbContextTransaction transaction,
        SubmissionKey key,
        CancellationToken cancellationToken
    )
    {
        Require(db, actor);
        return LockAsync(db, actor, transaction, false, key, cancellationToken);
    }

    /// <exception cref="Refusal">move_not_allowed: not this role; wrong_state: not from this state.</exception>
    public void RequireMove(SubmissionAction action)
    {
        if (Actor.Kind == ActorKind.Job || SubmissionMoves.Allows(action, State, Actor.Role, Actor.Level))
        {
            return;
        }
        var mayElsewhere = SubmissionMoves.All.Any(m =>
            m.Action == action && m.Role == Actor.Role && m.Level == Actor.Level
        );
        throw new Refusal(mayElsewhere ? "wrong_state" : "move_not_allowed");
    }

    /// <exception cref="Refusal">round_not_open_yet, round_closed (with the day), round_cancelled.</exception>
    public void RequireOpen()
    {
        if (Actor.Kind != ActorKind.Job && Now.Window.WhyClosed(Today) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <exception cref="Refusal">round_cancelled</exception>
    public void RequireNotCancelled()
    {
        if (Now.CancelledAt is not null)
        {
            throw new Refusal("round_cancelled");
        }
    }

    /// <summary>Everything that must hold before answers are changed by this actor.</summary>
    /// <exception cref="Refusal">not_allowed, wrong_state, or as <see cref="RequireOpen"/>.</exception>
    public void RequireEditable()
    {
        if (!SubmissionAccess.MayEdit(Actor, Now.LaoId))
        {
            throw new Refusal("not_allowed");
        }
        if (!SubmissionMoves.IsEditable(State))
        {
            throw new Refusal("answers_frozen");
        }
        RequireOpen();
    }

    /// <summary>The first change of any answer starts the submission.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        State == SubmissionState.NotStarted
            ? AddEventAsync(SubmissionAction.Save, SubmissionState.InProgress, "", null, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Moves it where the table says, with the event that says who and why.</summary>
    public Task MoveAsync(
        SubmissionAction action,
        string reason,
        EventDetail? detail,
        CancellationToken cancellationToken
    )
    {
        RequireMove(action);
        var target = SubmissionMoves.Target(action, State) ?? throw new Refusal("wrong_state");
        return AddEventAsync(action, target, reason, detail, cancellationToken);
    }

    /// <summary>Appends an event; the database applies it to the state and to the kept counts.</summary>
    public Task AddEventAsync(
        SubmissionAction action,
        SubmissionState to,
        string reason,
        EventDetail? detail,
        CancellationToken cancellationToken
    ) => InsertEventsAsync([new(this, to, detail)], action, reason, cancellationToken);

    /// <summary>
    /// Moves several that belong together in one statement: the database takes the locks of the kept counts once, in their
    /// order. All are of one actor and one transaction.
    /// </summary>
    public static Task MoveTogetherAsync(
        IReadOnlyList<(LockedSubmission Submission, EventDetail Detail)> moves,
        SubmissionAction action,
        CancellationToken cancellationToken
    )
    {
        List<NextEvent> events =
        [
            .. moves.Select(m =>
            {
                m.Submission.RequireMove(action);
                return new NextEvent(
                    m.Submission,
                    SubmissionMoves.Target(action, m.Submission.State) ?? throw new Refusal("wrong_state"),
                    m.Detail
                );
            }),
        ];
        return InsertEventsAsync(events, action, "", cancellationToken);
    }

    private static async Task InsertEventsAsync(
        IReadOnlyList<NextEvent> events,
        SubmissionAction action,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var (db, actor) = (events[0].Submission.Db, events[0].Submission.Actor);
        var at = actor.At.ToUniversalTime();
        var verb = SnakeCase.Of(action);
        var role = actor.Role is { } r ? SnakeCase.Of(r) : SnakeCase.Of(actor.Kind);
        int[] laos = [.. events.Select(e => e.Submission.Now.LaoId)];
        Guid[] submissions = [.. events.Select(e => e.Submission.Now.SubmissionId)];
        int[] numbers = [.. events.Select(e => e.Submission.EventCount + 1)];
        Guid[] ids = [.. events.Select(_ => Guid.CreateVersion7())];
        string[] from = [.. events.Select(e => SnakeCase.Of(e.Submission.State))];
        string[] to = [.. events.Select(e => SnakeCase.Of(e.To))];
        string[] details = [.. events.Select(e => e.Detail?.ToJson() ?? "{}")];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_id, user_name, role, unit_id, unit_name, reason, detail, correlation_id)
            select e.lao_id, e.submission_id, e.number, e.id, {at}, {verb}, e.from_state, e.to_state,
                {actor.UserId}::uuid, {actor.DisplayName}, {role}, {actor.UnitId}::int, {actor.UnitName}, {reason},
                e.detail::jsonb, {actor.CorrelationId}
            from unnest({laos}, {submissions}, {numbers}, {ids}, {from}, {to}, {details})
                e (lao_id, submission_id, number, id, from_state, to_state, detail)
            """,
            cancellationToken
        );
        foreach (var e in events)
        {
            e.Submission.State = e.To;
            e.Submission.EventCount++;
        }
    }

    private sealed record NextEvent(LockedSubmission Submission, SubmissionState To, EventDetail? Detail);

    /// <summary>Keeps it open for the round's number of days from today, also after closing.</summary>
    public Task KeepOpenAsync(CancellationToken cancellationToken)
    {
        var until = Today.AddDays(Now.ReturnDays);
        return Db.Database.ExecuteSqlAsync(
            $"""
            update submission set open_until = {until}
            where lao_id = {Now.LaoId} and submission_id = {Now.SubmissionId}
            """,
            cancellationToken
        );
    }

    /// <summary>A certificate that stood for the state just left is void from now on; its bytes stay.</summary>
    public Task VoidCertificateAsync(string reason, CancellationToken cancellationToken)
    {
        var at = Actor.At.ToUniversalTime();
        return Db.Database.ExecuteSqlAsync(
            $"""
            update certificate set voided_at = {at}, void_reason = {reason}
            where lao_id = {Now.LaoId} and submission_id = {Now.SubmissionId} and voided_at is null
            """,
            cancellationToken
        );
    }

    public Task AuditAsync(string action, object? detail, CancellationToken cancellationToken) =>
        AuditLog.WriteAsync(Db, Actor, action, $"submission/{Now.SubmissionId}", Now.LaoId, detail, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => _ownsTransaction ? _transaction.DisposeAsync() : ValueTask.CompletedTask;

    private static void Require(AppDb db, Actor actor)
    {
        if (db.Actor != actor)
        {
            throw new InvalidOperationException("The connection was opened for another actor.");
        }
    }

    private static async Task<LockedSubmission> LockAsync(
        AppDb db,
        Actor actor,
        IDbContextTransaction transaction,
        bool ownsTransaction,
        SubmissionKey key,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                select s.lao_id, s.submission_id, s.round_id, s.form_id, s.form_version, s.fiscal_year, s.state,
                    s.state_changed_at, s.event_count, s.is_nil, s.recorded_at, s.open_until, s.extended_until,
                    r.opens_on, greatest(r.deadline, s.extended_until) as deadline,
                    greatest(r.closes_on, s.extended_until) as closes_on, r.opened_at, r.cancelled_at, r.return_days
                from submission s join round r using (round_id)
                where s.lao_id = {key.LaoId} and s.submission_id = {key.SubmissionId}
                for update of s
                """
            )
            .ToListAsync(cancellationToken);
        return rows is [var row]
            ? new LockedSubmission(db, actor, transaction, ownsTransaction, row)
            : throw new Refusal("submission_not_found");
    }

    /// <summary>The locked row with the days of its round as they are in force for it.</summary>
    public sealed record Row(
        int LaoId,
        Guid SubmissionId,
        Guid RoundId,
        string FormId,
        int FormVersion,
        int FiscalYear,
        SubmissionState State,
        DateTimeOffset? StateChangedAt,
        int EventCount,
        bool IsNil,
        DateTimeOffset? RecordedAt,
        DateOnly? OpenUntil,
        DateOnly? ExtendedUntil,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DateTimeOffset? OpenedAt,
        DateTimeOffset? CancelledAt,
        int ReturnDays
    )
    {
        public EditingWindow Window =>
            new(OpenedAt is not null, CancelledAt is not null, OpensOn, Deadline, ClosesOn, OpenUntil);
    }
}
