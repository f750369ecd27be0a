namespace Thongthin.Forms.Schema;

/// <summary>The three shapes of a form; the setting <c>kind</c> of an XLSForm.</summary>
public enum FormShape
{
    /// <summary>One answer sheet per local authority and fiscal year.</summary>
    Annual,

    /// <summary>Any number of records, living over the years.</summary>
    Register,

    /// <summary>One record per item of a fixed list.</summary>
    Catalogue,
}
