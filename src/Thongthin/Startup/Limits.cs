namespace Thongthin.Startup;

/// <summary>Sizes above which a request is refused with a page that says so (413 and 400).</summary>
internal static class Limits
{
    /// <summary>A whole request; files of 20 MB and their form fit.</summary>
    public const int BodyBytes = 32 * 1024 * 1024;

    /// <summary>Fields of one form: the framework's 1,024 is too few for a long form with repeated rows.</summary>
    public const int FormFields = 10_000;

    /// <summary>One field's length in characters.</summary>
    public const int FieldLength = 1024 * 1024;

    /// <summary>One field's name.</summary>
    public const int FieldNameLength = 1024;
}
