using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>
/// The regular expressions that <c>regex()</c> takes: characters, <c>.</c>, classes, groups, <c>|</c>, <c>^ $</c> and the
/// quantifiers <c>* + ? {n} {n,} {n,m}</c>; <c>\d</c> is 0–9, <c>\w</c> is A–Z a–z 0–9 _. The whole text must match. The
/// pattern is read here and written again for .NET's non-backtracking engine; <c>regex.js</c> reads the same subset into
/// an automaton of its own. So both agree and no pattern can hang. Sizes are bounded.
/// </summary>
internal sealed class RegexSubset
{
    public const int MaximumLength = 500;

    /// <summary>A bound on the automaton: repeated parts count as often as they may be repeated.</summary>
    public const int MaximumSize = 2_000;

    private static readonly ConcurrentDictionary<string, Regex?> known = new(StringComparer.Ordinal);

    private readonly string pattern;
    private readonly StringBuilder written = new();
    private int at;
    private int depth;

    private RegexSubset(string pattern) => this.pattern = pattern;

    /// <summary>Whether the whole text matches; a pattern outside the subset matches nothing (the verifier refuses it).</summary>
    public static bool IsMatch(string text, string pattern)
    {
        if (!known.TryGetValue(pattern, out var regex))
        {
            regex = Compile(pattern);
            // Patterns come from forms and are few; a form that computes them must not fill the memory.
            if (known.Count < 10_000)
            {
                known[pattern] = regex;
            }
        }
        return regex?.IsMatch(text) ?? false;
    }

    /// <summary>null when the pattern belongs to the subset.</summary>
    public static ExpressionError? Check(string pattern) => Translate(pattern, out _);

    private static Regex? Compile(string pattern) =>
        Translate(pattern, out var translated) is null
            ? new Regex(
                $"\\A(?:{translated})\\z",
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
            )
            : null;

    private static ExpressionError? Translate(string pattern, out string translated)
    {
        translated = "";
        if (pattern.Length > MaximumLength)
        {
            return Error(MaximumLength, "รูปแบบยาวเกินไป", "The pattern is too long");
        }
        var reader = new RegexSubset(pattern);
        try
        {
            var size = reader.ReadAlternatives();
            if (reader.at < pattern.Length)
            {
                return Error(reader.at, "มีวงเล็บปิดเกิน", "There is a closing bracket too many");
            }
            if (size > MaximumSize)
            {
                return Error(0, "รูปแบบซับซ้อนเกินไป", "The pattern is too complex");
            }
        }
        catch (PatternException e)
        {
            return e.Error;
        }
        translated = reader.written.ToString();
        return null;
    }

    private static ExpressionError Error(int position, string th, string en) => new(position, new LocalText(th, en));

    private sealed class PatternException(ExpressionError error) : Exception
    {
        public ExpressionError Error { get; } = error;
    }

    private PatternException Fail(string th, string en) => new(Error(at, th, en));

    private bool Take(char c)
    {
        if (at < pattern.Length && pattern[at] == c)
        {
            at++;
            return true;
        }
        return false;
    }

    private int ReadAlternatives()
    {
        if (++depth > 50)
        {
            throw Fail("วงเล็บซ้อนกันลึกเกินไป", "Brackets are nested too deeply");
        }
        var size = 1;
        while (at < pattern.Length && pattern[at] != ')')
        {
            if (Take('|'))
            {
                written.Append('|');
                size++;
            }
            else
            {
                size += ReadPiece();
            }
        }
        depth--;
        return size;
    }

    private int ReadPiece()
    {
        var c = pattern[at];
        if (c is '^' or '$')
        {
            at++;
            written.Append(c == '^' ? "\\A" : "\\z");
            return 1;
        }
        return ReadQuantifier(ReadAtom(c));
    }

    private int ReadAtom(char c)
    {
        switch (c)
        {
            case '(':
                return ReadGroup();
            case '[':
                ReadClass();
                return 1;
            case '.':
                at++;
                written.Append("[^\\n\\r]");
                return 1;
            case '\\':
                written.Append(ReadEscape(out _));
                return 1;
            case '*' or '+' or '?' or '{' or '}' or ']':
                throw Fail(
                    $"“{c}” ต้องมี \\ นำหน้า หรือตามหลังสิ่งที่จะซ้ำ",
                    $"“{c}” needs a \\ before it, or something to repeat"
                );
            default:
                at++;
                written.Append(Unit(c));
                return 1;
        }
    }

    private int ReadGroup()
    {
        at++;
        if (Take('?') && !Take(':'))
        {
            throw Fail("รองรับเฉพาะวงเล็บ ( ) และ (?: )", "Only ( ) and (?: ) are served");
        }
        written.Append("(?:");
        var size = ReadAlternatives();
        if (!Take(')'))
        {
            throw Fail("ขาดวงเล็บปิด", "A closing bracket is missing");
        }
        written.Append(')');
        return size;
    }

    private int ReadQuantifier(int size)
    {
        if (at >= pattern.Length)
        {
            return size;
        }
        var c = pattern[at];
        if (c is '*' or '+' or '?')
        {
            at++;
            written.Append(c);
        }
        else if (c == '{')
        {
            size = ReadCount(size);
        }
        if (c is '*' or '+' or '?' or '{' && at < pattern.Length && pattern[at] is '*' or '+' or '?' or '{')
        {
            throw Fail("ระบุจำนวนซ้ำได้ครั้งเดียว", "Only one repetition may follow");
        }
        return c is '*' or '+' or '?' ? size + 1 : size;
    }

    private int ReadCount(int size)
    {
        at++;
        var least = ReadNumber();
        var most = least;
        var isOpen = false;
        if (Take(','))
        {
            isOpen = at < pattern.Length && pattern[at] == '}';
            most = isOpen ? least : ReadNumber();
        }
        if (!Take('}') || most < least)
        {
            throw Fail("จำนวนซ้ำต้องเขียนว่า {n} {n,} หรือ {n,m}", "A count is written {n}, {n,} or {n,m}");
        }
        written.Append(CultureInfo.InvariantCulture, $"{{{least}{(isOpen ? "," : $",{most}")}}}");
        return Math.Min((size + 1) * (Math.Max(most, 1) + (isOpen ? 1 : 0)), MaximumSize + 1);
    }

    private int ReadNumber()
    {
        var start = at;
        while (at < pattern.Length && char.IsAsciiDigit(pattern[at]))
        {
            at++;
        }
        return
            int.TryParse(pattern.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && n <= 1_000
            ? n
            : throw Fail("จำนวนซ้ำต้องเป็น 0–1000", "A count is 0 to 1000");
    }

    private void ReadClass()
    {
        at++;
        written.Append('[').Append(Take('^') ? "^" : "");
        var isEmpty = true;
        while (!Take(']'))
        {
            if (at >= pattern.Length)
            {
                throw Fail("ขาด ]", "A ] is missing");
            }
            ReadClassItem();
            isEmpty = false;
        }
        if (isEmpty)
        {
            throw Fail("[ ] ว่างไม่ได้", "[ ] must not be empty");
        }
        written.Append(']');
    }

    private void ReadClassItem()
    {
        var first = ReadClassCharacter(out var single);
        written.Append(first);
        if (at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
        {
            return;
        }
        at++;
        var last = ReadClassCharacter(out var lastSingle);
        if (single is not { } from || lastSingle is not { } to || to < from)
        {
            throw Fail("ช่วงอักขระไม่ถูกต้อง", "The range of characters is not valid");
        }
        written.Append('-').Append(last);
    }

    private string ReadClassCharacter(out char? single)
    {
        var c = pattern[at];
        if (c == '\\')
        {
            var escape = ReadEscape(out single);
            return single is null ? escape.Trim('[', ']') : escape;
        }
        if (c == '[')
        {
            throw Fail("[ ใน [ ] ต้องมี \\ นำหน้า", "A [ inside [ ] needs a \\ before it");
        }
        at++;
        single = c;
        return Unit(c);
    }

    // What the escape stands for; single is the one character it is, null for a class.
    private string ReadEscape(out char? single)
    {
        at++;
        if (at >= pattern.Length)
        {
            throw Fail("\\ ต้องมีตัวอักษรตามหลัง", "After \\ there must be a character");
        }
        var c = pattern[at];
        single = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'd' or 'w' or 's' => null,
            _ when char.IsAsciiLetterOrDigit(c) => throw Fail($"ไม่รองรับ \\{c}", $"\\{c} is not served"),
            _ => c,
        };
        at++;
        return c switch
        {
            'd' => "[0-9]",
            'w' => "[A-Za-z0-9_]",
            's' => "[ \\t\\r\\n]",
            _ => Unit(single!.Value),
        };
    }

    private static string Unit(char c) => $"\\u{(int)c:X4}";
}
