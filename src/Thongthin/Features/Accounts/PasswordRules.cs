using Microsoft.AspNetCore.Identity;

namespace Thongthin.Features.Accounts;

/// <summary>
/// What a password must be: long (the options say how long), not the user name, not one of those that everybody tries first.
/// No rules about kinds of characters: they make passwords that are hard for people and easy for machines.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int MinimumLength = 10;

    private static readonly string[] Common =
    [
        "1234567890",
        "0123456789",
        "0987654321",
        "1111111111",
        "1q2w3e4r5t",
        "qwertyuiop",
        "password",
        "p@ssw0rd",
        "iloveyou",
        "thailand",
        "admin1234",
        "qwerty12345",
        "abcdefghij",
        "letmein",
        "welcome",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var typed = password ?? "";
        var isCommon =
            typed.Distinct().Count() < 4
            || Common.Any(word => Strip(typed).Equals(Strip(word), StringComparison.OrdinalIgnoreCase));
        var isName = user.UserName is { Length: > 3 } name && typed.Contains(name, StringComparison.OrdinalIgnoreCase);
        return Task.FromResult(
            isCommon ? Failed("PasswordCommon")
            : isName ? Failed("PasswordHasName")
            : IdentityResult.Success
        );
    }

    /// <summary>Digits and signs after a common word do not make it uncommon; a word of digits stays as it is.</summary>
    private static string Strip(string password)
    {
        var word = password.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '*', '#');
        return word.Length >= 4 ? word : password;
    }

    private static IdentityResult Failed(string code) => IdentityResult.Failed(new IdentityError { Code = code });
}
