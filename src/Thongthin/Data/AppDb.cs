using Microsoft.EntityFrameworkCore;
using Thongthin.Platform.Security;

namespace Thongthin.Data;

/// <summary>
/// The database as one actor sees it. The connection names the actor to the database when it opens
/// (<see cref="EnterActor"/>), and row-level security does the rest: a query needs no filter of its own to be safe.
/// Entities are mapped by the <c>IEntityTypeConfiguration</c> beside them; nothing is tracked unless a query asks for it.
/// </summary>
internal class AppDb(DbContextOptions options, Func<Actor> actor) : DbContext(options)
{
    private Actor? _actor;

    /// <summary>Fixed at first use, so that one context never serves two actors.</summary>
    public Actor Actor => _actor ??= actor();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
}

/// <summary>The database as the sign-in sees it: accounts, before anybody is known.</summary>
internal sealed class SignInDb(DbContextOptions options, Func<Actor> actor) : AppDb(options, actor);
