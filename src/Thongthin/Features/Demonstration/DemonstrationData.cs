using System.Globalization;
using System.Text;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Demonstration;

/// <summary>The shipped files under <c>data/</c> and <c>forms/</c>, carried inside the program.</summary>
internal static class DemonstrationData
{
    /// <exception cref="FileNotFoundException">The program was built without that file.</exception>
    public static byte[] Read(string name)
    {
        using var stream =
            typeof(DemonstrationData).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("not carried in the program", name);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Read(name));

    /// <summary>Rows of a CSV file with a header; the function given to <paramref name="read"/> finds a cell by its column.</summary>
    /// <exception cref="InvalidDataException">The file is no table.</exception>
    public static IReadOnlyList<T> Rows<T>(string name, Func<Func<string, string>, T> read)
    {
        var reading = TableReader.Read(Read(name), TableLimits.Default);
        if (reading.Fault is { } fault)
        {
            throw new InvalidDataException($"{name}: {fault.Code}");
        }
        var columns = reading
            .Rows[0]
            .Cells.Select((column, index) => (column, index))
            .ToDictionary(c => c.column, c => c.index);
        return [.. reading.Rows.Skip(1).Select(row => read(column => row[columns[column]]))];
    }
}

/// <summary>Chance that is the same on every machine: a fraction in [0, 1) from words.</summary>
internal static class Chance
{
    public static double Of(params ReadOnlySpan<object> words)
    {
        // FNV-1a over the words, then the SplitMix64 finaliser: short similar words must not give similar fractions
        var h = 14695981039346656037UL;
        foreach (var word in words)
        {
            foreach (var c in Convert.ToString(word, CultureInfo.InvariantCulture)!)
            {
                h = (h ^ c) * 1099511628211UL;
            }
            h = (h ^ '|') * 1099511628211UL;
        }
        h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9UL;
        h = (h ^ (h >> 27)) * 0x94d049bb133111ebUL;
        return ((h ^ (h >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public static int Between(int from, int to, params ReadOnlySpan<object> words) =>
        from + (int)(Of(words) * (to - from + 1));

    public static T OneOf<T>(IReadOnlyList<T> list, params ReadOnlySpan<object> words) =>
        list[(int)(Of(words) * list.Count)];
}
