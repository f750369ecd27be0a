using Thongthin.Platform.Thai;

namespace Thongthin.Platform.Web;

/// <summary>Language of the page. Thai is the official one; English is complete.</summary>
internal enum Language
{
    Thai,
    English,
}

/// <summary>
/// How the reader wants the page: language and digits, from two cookies that hold nothing else. Official prints
/// use Thai digits whatever is chosen here; the choice is for the screen.
/// </summary>
internal sealed class ReaderPreferences
{
    public const string LanguageCookie = "language";
    public const string DigitsCookie = "digits";

    public ReaderPreferences(IHttpContextAccessor accessor)
    {
        var cookies = accessor.HttpContext?.Request.Cookies;
        Language = cookies?[LanguageCookie] == "en" ? Language.English : Language.Thai;
        ThaiDigits = Language == Language.Thai && cookies?[DigitsCookie] == "thai";
    }

    public Language Language { get; set; }

    /// <summary>Digits ๐–๙ on the screen; only in Thai.</summary>
    public bool ThaiDigits { get; set; }

    public Digits Digits => ThaiDigits ? Digits.Thai : Digits.Arabic;

    /// <summary>The value of the html element's lang attribute: <c>th</c> or <c>en</c>.</summary>
    public string Code => Language == Language.English ? "en" : "th";

    public bool IsEnglish => Language == Language.English;
}
