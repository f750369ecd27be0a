namespace Thongthin.Forms.Schema;

/// <summary>What a broken rule does.</summary>
public enum Severity
{
    /// <summary>The answers cannot be submitted. They can always be saved.</summary>
    Block,

    /// <summary>The person is asked to look again; nothing is refused.</summary>
    Warn,
}
