using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Forms;

/// <summary>What is wrong with a line of a catalogue's file. <see cref="Code"/> is permanent and names the text <c>catalogue.import.CODE</c>.</summary>
internal sealed record CatalogueFinding(int Line, string Code, params object[] Arguments);

/// <summary>A line of a catalogue's file that could be read.</summary>
internal sealed record CatalogueLine(
    string Code,
    int Area,
    string NameTh,
    string NameEn,
    string DepartmentTh,
    string PlanEdition,
    string LegalBasis,
    IReadOnlyList<string> Kinds,
    bool IsCompulsory,
    string UnitTh,
    string UnitEn,
    DateOnly? ValidFrom,
    DateOnly? ValidTo
);

/// <summary>A catalogue read; with a finding nothing is imported.</summary>
internal sealed record CatalogueReading(IReadOnlyList<CatalogueLine> Lines, IReadOnlyList<CatalogueFinding> Findings);

/// <summary>
/// Reads a catalogue's table: <c>code, area, name_th, name_en, department_th, plan_edition, legal_basis, kinds, compulsory,
/// unit_th, unit_en, valid_from, valid_to</c>, in any order; the columns after <c>kinds</c> may be missing. Kinds are joined by
/// spaces, commas or semicolons; <c>valid_to</c> is the first day that is out. Days have a Gregorian or a Buddhist year.
/// </summary>
internal sealed class CatalogueFile
{
    private const int CodeLength = 40;

    private static readonly string[] Required = ["code", "area", "name_th", "name_en", "kinds"];

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<CatalogueLine> _lines = [];
    private readonly List<CatalogueFinding> _findings = [];

    private CatalogueFile() { }

    /// <param name="table">the header first</param>
    /// <param name="kinds">the kinds of LAO that there are</param>
    public static CatalogueReading Read(IReadOnlyList<TableRow> table, IReadOnlyCollection<string> kinds)
    {
        var file = new CatalogueFile();
        if (file.ReadHeader(table[0]))
        {
            foreach (var row in table.Skip(1))
            {
                file.ReadRow(row, kinds);
            }
            if (table.Count == 1)
            {
                file._findings.Add(new(table[0].Line, "no_items"));
            }
        }
        return new(file._lines, file._findings);
    }

    private bool ReadHeader(TableRow header)
    {
        foreach (var (index, cell) in header.Cells.Index())
        {
            if (cell.Length > 0 && !_columns.TryAdd(cell.ToLowerInvariant(), index))
            {
                _findings.Add(new(header.Line, "column_twice", cell));
            }
        }
        _findings.AddRange(
            Required
                .Where(name => !_columns.ContainsKey(name))
                .Select(name => new CatalogueFinding(header.Line, "column_missing", name))
        );
        return _findings.Count == 0;
    }

    private void ReadRow(TableRow row, IReadOnlyCollection<string> known)
    {
        var before = _findings.Count;
        var code = Cell(row, "code");
        Check(row, code.Length is > 0 and <= CodeLength && !code.Any(char.IsWhiteSpace), "code", code);
        Check(row, _lines.TrueForAll(line => line.Code != code), "code_twice", code);
        var area = Cell(row, "area") is [>= '1' and <= '6'] digit ? digit[0] - '0' : 0;
        Check(row, area > 0, "area", Cell(row, "area"));
        Check(row, Cell(row, "name_th").Length > 0 && Cell(row, "name_en").Length > 0, "name");
        var kinds = Cell(row, "kinds")
            .ToLowerInvariant()
            .Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries);
        Check(row, kinds.Length > 0, "kinds_missing");
        foreach (var kind in kinds.Except(known))
        {
            _findings.Add(new(row.Line, "kind_unknown", kind, string.Join(", ", known)));
        }
        var compulsory = Compulsory(row);
        var (from, to) = (Day(row, "valid_from"), Day(row, "valid_to"));
        Check(row, from is null || to is null || from < to, "period");
        if (_findings.Count == before)
        {
            _lines.Add(
                new(
                    code,
                    area,
                    Cell(row, "name_th"),
                    Cell(row, "name_en"),
                    Cell(row, "department_th"),
                    Cell(row, "plan_edition"),
                    Cell(row, "legal_basis"),
                    [.. kinds.Distinct()],
                    compulsory,
                    Cell(row, "unit_th"),
                    Cell(row, "unit_en"),
                    from,
                    to
                )
            );
        }
    }

    private bool Compulsory(TableRow row)
    {
        var written = Cell(row, "compulsory").ToLowerInvariant();
        Check(row, written is "" or "yes" or "no" or "true" or "false" or "1" or "0", "compulsory", written);
        return written is "yes" or "true" or "1";
    }

    private DateOnly? Day(TableRow row, string column)
    {
        if (Cell(row, column) is not { Length: > 0 } written)
        {
            return null;
        }
        Check(row, ThaiDate.TryParse(written, out var day), "day", column, written);
        return day;
    }

    private string Cell(TableRow row, string column) => _columns.TryGetValue(column, out var index) ? row[index] : "";

    private void Check(TableRow row, bool holds, string code, params object[] arguments)
    {
        if (!holds)
        {
            _findings.Add(new(row.Line, code, arguments));
        }
    }
}
