using System.Globalization;

namespace Thongthin.Features.Forms;

/// <summary>Addresses of a form version.</summary>
internal static class FormPath
{
    /// <summary>The definition as the browser evaluates it; a version never changes, so it is kept for ever.</summary>
    public static string Browser(string formId, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"/forms/{formId}/{version}/browser.json");
}
