namespace Thongthin.Forms.Schema;

#pragma warning disable CA1720 // the names are XLSForm's

/// <summary>What kind of answer a question takes.</summary>
public enum QuestionType
{
    /// <summary>Any text; appearance <c>multiline</c> asks for a large field.</summary>
    Text,

    /// <summary>A whole number between −9,007,199,254,740,991 and 9,007,199,254,740,991.</summary>
    Integer,

    /// <summary>A number of at most 15 significant digits.</summary>
    Decimal,

    /// <summary>A day, stored as ISO 8601 in the Gregorian calendar.</summary>
    Date,

    /// <summary>One name of a choice list.</summary>
    SelectOne,

    /// <summary>Any number of names of a choice list.</summary>
    SelectMultiple,

    /// <summary>A text to read; takes no answer.</summary>
    Note,

    /// <summary>A value computed from other answers; never typed.</summary>
    Calculate,
}
