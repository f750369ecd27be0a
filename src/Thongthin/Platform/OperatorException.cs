namespace Thongthin.Platform;

/// <summary>
/// Something that the person who runs the program must settle: what happened and what to do next, in Thai and English.
/// Every verb prints the message alone and ends with code 1; anything else that is thrown is a defect.
/// </summary>
internal sealed class OperatorException(string thai, string english, Exception? inner = null)
    : Exception($"{thai}{Environment.NewLine}{english}", inner)
{
    public string Thai { get; } = thai;

    public string English { get; } = english;
}
