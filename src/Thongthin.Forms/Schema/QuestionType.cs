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

    /// <summary>A number between the parameters <c>start</c> and <c>end</c>, in steps of <c>step</c>.</summary>
    Range,

    /// <summary>A day, stored as ISO 8601 in the Gregorian calendar.</summary>
    Date,

    /// <summary>A time of day, stored as <c>HH:mm</c>, or <c>HH:mm:ss</c> where seconds were given.</summary>
    Time,

    /// <summary>A moment, stored as ISO 8601 with the offset of Bangkok: <c>2020-06-11T10:30:00+07:00</c>.</summary>
    DateTime,

    /// <summary>One name of a choice list.</summary>
    SelectOne,

    /// <summary>Any number of names of a choice list.</summary>
    SelectMultiple,

    /// <summary>Names of a choice list in the order that the person gave them.</summary>
    Rank,

    /// <summary>A place: <c>latitude longitude altitude accuracy</c>, degrees and metres.</summary>
    Geopoint,

    /// <summary>A line: two or more places joined by <c>;</c>.</summary>
    Geotrace,

    /// <summary>An area: four or more places joined by <c>;</c>, the last one the first again.</summary>
    Geoshape,

    /// <summary>A picture; stored, like the next three, as which file it is, with its name, size and type.</summary>
    Image,

    /// <summary>A recording of sound.</summary>
    Audio,

    /// <summary>A recording of pictures and sound.</summary>
    Video,

    /// <summary>Any file that the system takes.</summary>
    File,

    /// <summary>The text of a barcode, read by a machine or typed.</summary>
    Barcode,

    /// <summary>A confirmation: <c>OK</c> or no answer.</summary>
    Acknowledge,

    /// <summary>A text to read; takes no answer.</summary>
    Note,

    /// <summary>A value computed from other answers; never typed.</summary>
    Calculate,

    /// <summary>A text that nobody sees or types: what its default or calculation gave.</summary>
    Hidden,
}
