namespace Thongthin.Platform.Security;

/// <summary>
/// A rule that an operation refuses to break: an expected outcome, not a bug. <see cref="Code"/> is permanent and names
/// the text <c>refusal.CODE</c> shown to the person; the arguments fill its placeholders.
/// </summary>
internal sealed class Refusal(string code, params object[] arguments) : Exception(code)
{
    public string Code { get; } = code;

    public IReadOnlyList<object> Arguments { get; } = arguments;
}
