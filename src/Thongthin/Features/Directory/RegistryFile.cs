using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Directory;

/// <summary>A line of the Department's registry that could be read.</summary>
/// <param name="Code">eight digits</param>
internal sealed record RegistryRow(
    int Line,
    UnitKind Kind,
    string NameTh,
    string Code,
    OfficeRow Province,
    OfficeRow District,
    RegistryPlace Place
);

/// <summary>What is wrong with a line. <see cref="Code"/> is permanent and names the text <c>directory.import.CODE</c>.</summary>
internal sealed record ImportFinding(int Line, string Code, params string[] Arguments);

/// <summary>A registry read: its rows; errors, with which nothing is imported; warnings, with which everything is.</summary>
/// <param name="PlacesLeftOut">areas and coordinates that are written but cannot be believed</param>
internal sealed record RegistryReading(
    IReadOnlyList<RegistryRow> Rows,
    IReadOnlyList<ImportFinding> Errors,
    IReadOnlyList<ImportFinding> Warnings,
    PlaceCount PlacesLeftOut
);

/// <summary>How many LAOs have an area, and how many coordinates.</summary>
internal sealed record PlaceCount(int Areas, int Coordinates);

/// <summary>
/// Reads the table of the Department's open registry: <c>dla_code7, dla_code8, kind, name_th, province_code, province_th,
/// district_tis_code, district_th, area_km2_raw, lat, lon</c>, in any order. Codes may have lost their leading 0. A code that
/// disagrees with the kind or the district is warned of: codes outlive changes. Area and coordinates are taken where they can
/// be believed (<see cref="RegistryPlaces"/>) and counted where they cannot.
/// </summary>
internal sealed class RegistryFile
{
    private static readonly string[] Required = ["kind", "name_th", "province_code", "district_tis_code"];

    private static readonly Dictionary<string, UnitKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PAO"] = UnitKind.Pao,
        ["CITY_MUNICIPALITY"] = UnitKind.CityMunicipality,
        ["TOWN_MUNICIPALITY"] = UnitKind.TownMunicipality,
        ["SUBDISTRICT_MUNICIPALITY"] = UnitKind.SubdistrictMunicipality,
        ["SAO"] = UnitKind.Sao,
        ["SPECIAL"] = UnitKind.Special,
    };

    private readonly Dictionary<string, OfficeRow> _provinces;
    private readonly Dictionary<string, OfficeRow> _districts;
    private readonly List<RegistryRow> _rows = [];
    private readonly List<ImportFinding> _errors = [];
    private readonly List<ImportFinding> _warnings = [];
    private Dictionary<string, int> _columns = [];
    private int _areasLeftOut;
    private int _coordinatesLeftOut;

    private RegistryFile(IReadOnlyCollection<OfficeRow> offices)
    {
        _provinces = offices.Where(o => o.Kind == UnitKind.Province).ToDictionary(o => o.Code);
        _districts = offices.Where(o => o.Kind == UnitKind.District).ToDictionary(o => o.Code);
    }

    /// <param name="offices">provinces and districts that exist on the day of the registry</param>
    public static RegistryReading Read(IReadOnlyList<TableRow> table, IReadOnlyCollection<OfficeRow> offices)
    {
        var file = new RegistryFile(offices);
        if (file.ReadHeader(table[0]))
        {
            foreach (var row in table.Skip(1))
            {
                file.ReadRow(row);
            }
            file.FindDuplicates(r => (r.Province.UnitId, r.District.UnitId, r.Kind, r.NameTh), "duplicate_name");
            file.FindDuplicates(r => r.Code, "duplicate_code");
        }
        return new(
            file._rows,
            [.. file._errors.OrderBy(e => e.Line)],
            file._warnings,
            new(file._areasLeftOut, file._coordinatesLeftOut)
        );
    }

    private bool ReadHeader(TableRow header)
    {
        var columns = header.Cells.Index().GroupBy(c => c.Item.ToLowerInvariant(), c => c.Index).ToList();
        foreach (var twice in columns.Where(c => c.Key.Length > 0 && c.Count() > 1))
        {
            _errors.Add(new(header.Line, "column_twice", twice.Key));
        }
        _columns = columns.ToDictionary(c => c.Key, c => c.First(), StringComparer.Ordinal);
        foreach (var name in Required.Where(name => !_columns.ContainsKey(name)))
        {
            _errors.Add(new(header.Line, "column_missing", name));
        }
        if (!_columns.ContainsKey("dla_code8") && !_columns.ContainsKey("dla_code7"))
        {
            _errors.Add(new(header.Line, "column_missing", "dla_code8"));
        }
        return _errors.Count == 0;
    }

    private void ReadRow(TableRow row)
    {
        var before = _errors.Count;
        var kind = ReadKind(row);
        var name = Cell(row, "name_th");
        if (name.Length == 0)
        {
            Error(row, "name_missing");
        }
        else if (name.Length > UnitRules.NameLength)
        {
            Error(row, "name_too_long");
        }
        var province = ReadOffice(row, _provinces, "province_code", "province_th", "province_unknown");
        var district = ReadOffice(row, _districts, "district_tis_code", "district_th", "district_unknown");
        if (province is not null && district is not null && district.ProvinceId != province.UnitId)
        {
            Error(row, "district_not_in_province", district.NameTh, province.NameTh);
        }
        var code = ReadCode(row);
        if (_errors.Count > before)
        {
            return;
        }
        _rows.Add(new(row.Line, kind!.Value, name, code!, province!, district!, ReadPlace(row, kind.Value)));
        if (kind.Value.CodeDigits() != code![..2])
        {
            _warnings.Add(new(row.Line, "code_kind", code, kind.Value.Prefix() + name));
        }
        if (district!.Code != code[2..6])
        {
            _warnings.Add(new(row.Line, "code_district", code, kind.Value.Prefix() + name, district.NameTh));
        }
    }

    private RegistryPlace ReadPlace(TableRow row, UnitKind kind)
    {
        var (written, north, east) = (Cell(row, "area_km2_raw"), Cell(row, "lat"), Cell(row, "lon"));
        var area = RegistryPlaces.Area(kind, written);
        var (latitude, longitude) = RegistryPlaces.Coordinates(north, east);
        _areasLeftOut += area is null && written.Length > 0 ? 1 : 0;
        _coordinatesLeftOut += latitude is null && (north + east).Length > 0 ? 1 : 0;
        return new(area, latitude, longitude);
    }

    private UnitKind? ReadKind(TableRow row)
    {
        if (Kinds.TryGetValue(Cell(row, "kind"), out var kind))
        {
            return kind;
        }
        Error(row, "kind_unknown", Cell(row, "kind"));
        return null;
    }

    private OfficeRow? ReadOffice(
        TableRow row,
        Dictionary<string, OfficeRow> offices,
        string codeColumn,
        string nameColumn,
        string unknown
    )
    {
        var code = Cell(row, codeColumn);
        if (!offices.TryGetValue(code, out var office))
        {
            Error(row, unknown, code);
            return null;
        }
        var name = Cell(row, nameColumn);
        if (name.Length > 0 && name != office.NameTh)
        {
            Error(row, "place_name", name, code, office.NameTh);
        }
        return office;
    }

    /// <summary>Seven digits are eight whose leading 0 a spreadsheet dropped. Both columns, where both are there, must agree.</summary>
    private string? ReadCode(TableRow row)
    {
        var codes = new List<string>();
        foreach (var column in (string[])["dla_code8", "dla_code7"])
        {
            var code = Cell(row, column);
            if (code.Length == 0)
            {
                continue;
            }
            if (code.Length is < 7 or > 8 || !code.All(char.IsAsciiDigit))
            {
                Error(row, "code_format", code);
                return null;
            }
            codes.Add(code.PadLeft(8, '0'));
        }
        if (codes.Count == 0)
        {
            Error(row, "code_missing");
            return null;
        }
        if (codes[0] != codes[^1])
        {
            Error(row, "codes_differ", codes[0], codes[^1]);
        }
        return codes[0];
    }

    private void FindDuplicates<TKey>(Func<RegistryRow, TKey> key, string code)
    {
        foreach (var same in _rows.GroupBy(key).Where(g => g.Skip(1).Any()))
        {
            var first = same.First();
            foreach (var row in same.Skip(1))
            {
                _errors.Add(
                    new(
                        row.Line,
                        code,
                        code == "duplicate_code" ? row.Code : row.Kind.Prefix() + row.NameTh,
                        first.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    )
                );
            }
        }
    }

    private string Cell(TableRow row, string column) => _columns.TryGetValue(column, out var index) ? row[index] : "";

    private void Error(TableRow row, string code, params string[] arguments) =>
        _errors.Add(new(row.Line, code, arguments));
}
