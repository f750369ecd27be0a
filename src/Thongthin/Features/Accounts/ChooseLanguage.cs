using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Keeps the language that a person switched to, for the next browser they sign in from. A preference, so nothing is logged.</summary>
internal sealed class ChooseLanguage(SignInDb db)
{
    /// <param name="language"><c>th</c> or <c>en</c></param>
    public Task ExecuteAsync(Actor actor, Guid userId, string language, CancellationToken cancellationToken) =>
        db.Set<User>()
            .Where(user => user.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.Language, language), cancellationToken);
}
