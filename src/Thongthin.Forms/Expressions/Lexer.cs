using System.Globalization;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

internal enum TokenKind
{
    Number,
    Text,
    Reference,
    Dot,
    DotDot,
    Name,
    Sign,
    End,
}

/// <summary>A token: its text is the name, sign, string content or number as written.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, int Length);

/// <summary>
/// Cuts an expression into tokens as XPath 1.0 does: a name may contain <c>-</c> and <c>.</c>, so a minus after a name
/// needs a space before it. Word processors turn quotes into curly ones: those are read as straight ones.
/// </summary>
internal sealed class Lexer(string text)
{
    private int at;

    public ExpressionError? Error { get; private set; }

    /// <summary>The next token; <see cref="TokenKind.End"/> at the end and after an error.</summary>
    public Token Next()
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }
        if (at >= text.Length || Error is not null)
        {
            return new Token(TokenKind.End, "", Math.Min(at, text.Length), 0);
        }
        var c = text[at];
        return c switch
        {
            '\'' or '‘' or '’' => ReadString("'‘’"),
            '"' or '“' or '”' => ReadString("\"“”"),
            '$' => ReadReference(),
            '.' when at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]) => ReadDot(),
            '.' or (>= '0' and <= '9') => ReadNumber(),
            '<' or '>' or '!' => ReadComparison(),
            '/' => ReadSlash(),
            '=' or '+' or '-' or '*' or '(' or ')' or ',' or '[' or ']' or '|' => Take(TokenKind.Sign, 1),
            _ when IsNameStart(c) => ReadName(),
            _ => Fail(at, $"ไม่รู้จักเครื่องหมาย {Shown(at)}", $"The character {Shown(at)} has no meaning here"),
        };
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\u00a0';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c is '-' or '.';

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, text.Substring(at, length), at, length);
        at += length;
        return token;
    }

    /// <summary>Whether the sign follows, after spaces.</summary>
    public bool IsNext(char sign) => text.AsSpan(at).TrimStart(" \t\r\n\u00a0") is [var next, ..] && next == sign;

    private Token ReadDot() =>
        at + 1 < text.Length && text[at + 1] == '.' ? Take(TokenKind.DotDot, 2) : Take(TokenKind.Dot, 1);

    private Token ReadSlash() =>
        at + 1 < text.Length && text[at + 1] == '/'
            ? Fail(at, "ไม่รองรับ // ให้เขียนทางไปให้ครบ", "Paths with // are not served: write every step")
            : Take(TokenKind.Sign, 1);

    private Token ReadComparison()
    {
        var two = at + 1 < text.Length && text[at + 1] == '=';
        return text[at] == '!' && !two
            ? Fail(at, "เครื่องหมาย ! ต้องตามด้วย =", "After ! there must be =")
            : Take(TokenKind.Sign, two ? 2 : 1);
    }

    private Token ReadName()
    {
        var end = at + (text.AsSpan(at).StartsWith("jr:") ? 3 : 0);
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }
        return Take(TokenKind.Name, end - at);
    }

    private Token ReadNumber()
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        if (end < text.Length && text[end] == '.')
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }
        var digits = text.AsSpan(at, end - at);
        return
            double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? Take(TokenKind.Number, end - at)
            : Fail(at, "ตัวเลขใหญ่เกินไป", "The number is too large");
    }

    private Token ReadString(string closing)
    {
        var start = at;
        var end = text.AsSpan(start + 1).IndexOfAny(closing);
        if (end < 0)
        {
            return Fail(start, "ไม่มีเครื่องหมายคำพูดปิด", "The quote is never closed");
        }
        at = start + end + 2;
        return new Token(TokenKind.Text, text.Substring(start + 1, end), start, end + 2);
    }

    private Token ReadReference()
    {
        var start = at;
        var close = text.IndexOf('}', start);
        if (start + 1 >= text.Length || text[start + 1] != '{' || close < 0)
        {
            return Fail(start, "การอ้างถึงคำถามต้องเขียนว่า ${ชื่อคำถาม}", "A reference is written ${name}");
        }
        var name = text[(start + 2)..close].Trim();
        if (!Names.IsValid(name))
        {
            return Fail(start, $"“{name}” ไม่ใช่ชื่อคำถาม", $"“{name}” cannot be the name of a question");
        }
        at = close + 1;
        return new Token(TokenKind.Reference, name, start, at - start);
    }

    private string Shown(int position) =>
        char.IsSurrogate(text[position]) || char.IsControl(text[position])
            ? $"U+{(int)text[position]:X4}"
            : $"“{text[position]}”";

    private Token Fail(int position, string th, string en)
    {
        Error = new ExpressionError(position, new LocalText(th, en));
        at = text.Length;
        return new Token(TokenKind.End, "", position, 0);
    }
}
