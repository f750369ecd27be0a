using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Accounts;

/// <summary>Runs a write whose rules the database checks last: a broken one becomes a <see cref="Refusal"/>, anything else stays what it is.</summary>
internal static class Refusals
{
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception exception) when (ConstraintMessages.Of(exception) is not null)
        {
            throw ConstraintMessages.Of(exception)!;
        }
    }
}
