using System.Text.Encodings.Web;
using System.Text.Json;

namespace Thongthin.Forms.Answers;

/// <summary>How answers and definitions are written as JSON: Thai as it is, not as escapes. Not for pasting into HTML.</summary>
internal static class AnswerJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1_000,
    };
}
