using System.Text;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>
/// Writes a workbook of Excel 97: records of BIFF8, one text cell each, in a compound file with one stream. No more than
/// what a reader needs.
/// </summary>
internal static class OldWorkbook
{
    private const int Sector = 512;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;

    public static byte[] Write(IReadOnlyList<SheetTable> sheets) => CompoundFile(Stream(sheets));

    private static byte[] Stream(IReadOnlyList<SheetTable> sheets)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Record(writer, 0x0809, Beginning(0x0005));
        Record(writer, 0x0042, BitConverter.GetBytes((ushort)1200));
        var places = new List<long>();
        foreach (var sheet in sheets)
        {
            places.Add(stream.Position + 4);
            byte[] name = [(byte)sheet.Name.Length, 1, .. Encoding.Unicode.GetBytes(sheet.Name)];
            Record(writer, 0x0085, [0, 0, 0, 0, 0, 0, .. name]);
        }
        Record(writer, 0x000A, []);
        foreach (var (sheet, place) in sheets.Zip(places))
        {
            var start = (uint)stream.Position;
            stream.Position = place;
            writer.Write(start);
            stream.Position = stream.Length;
            WriteSheet(writer, sheet);
        }
        return stream.ToArray();
    }

    private static void WriteSheet(BinaryWriter writer, SheetTable sheet)
    {
        Record(writer, 0x0809, Beginning(0x0010));
        var columns = sheet.Rows.Max(row => row.Cells.Count);
        Record(
            writer,
            0x0200,
            [
                .. BitConverter.GetBytes(0u),
                .. BitConverter.GetBytes((uint)sheet.Rows.Count),
                .. BitConverter.GetBytes((ushort)0),
                .. BitConverter.GetBytes((ushort)columns),
                0,
                0,
            ]
        );
        foreach (var (row, number) in sheet.Rows.Select((row, i) => (row, i)))
        {
            foreach (var (text, column) in row.Cells.Select((text, i) => (text, i)).Where(cell => cell.text.Length > 0))
            {
                Record(
                    writer,
                    0x0204,
                    [
                        .. BitConverter.GetBytes((ushort)number),
                        .. BitConverter.GetBytes((ushort)column),
                        0,
                        0,
                        .. BitConverter.GetBytes((ushort)text.Length),
                        1,
                        .. Encoding.Unicode.GetBytes(text),
                    ]
                );
            }
        }
        Record(writer, 0x000A, []);
    }

    private static byte[] Beginning(ushort kind) =>
        [
            .. BitConverter.GetBytes((ushort)0x0600),
            .. BitConverter.GetBytes(kind),
            .. BitConverter.GetBytes((ushort)0x0DBB),
            .. BitConverter.GetBytes((ushort)0x07CC),
            .. new byte[8],
        ];

    private static void Record(BinaryWriter writer, ushort id, byte[] content)
    {
        writer.Write(id);
        writer.Write((ushort)content.Length);
        writer.Write(content);
    }

    // The stream's sectors first, then the directory's one, then those of the table that chains them.
    private static byte[] CompoundFile(byte[] content)
    {
        // a shorter stream would stand in a place of its own kind
        var sectors = Math.Max(8, (content.Length + Sector - 1) / Sector);
        var tables = 1;
        while (tables * (Sector / 4) < sectors + 1 + tables)
        {
            tables++;
        }
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[16]]);
        writer.Write([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, .. new byte[10]]);
        foreach (var value in new[] { (uint)tables, (uint)sectors, 0u, 4096u, EndOfChain, 0u, EndOfChain, 0u })
        {
            writer.Write(value);
        }
        for (var i = 0; i < 109; i++)
        {
            writer.Write(i < tables ? (uint)(sectors + 1 + i) : Free);
        }
        writer.Write(content);
        writer.Write(new byte[(sectors * Sector) - content.Length]);
        Entry(writer, "Root Entry", 5, 1, EndOfChain, 0);
        Entry(writer, "Workbook", 2, Free, 0, sectors * Sector);
        Entry(writer, "", 0, Free, 0, 0);
        Entry(writer, "", 0, Free, 0, 0);
        for (var i = 0; i < tables * (Sector / 4); i++)
        {
            writer.Write(
                i < sectors - 1 ? (uint)(i + 1)
                : i <= sectors ? EndOfChain
                : i <= sectors + tables ? 0xFFFFFFFD
                : Free
            );
        }
        return file.ToArray();
    }

    private static void Entry(BinaryWriter writer, string name, byte kind, uint child, uint start, int size)
    {
        var letters = Encoding.Unicode.GetBytes(name);
        writer.Write([.. letters, .. new byte[64 - letters.Length]]);
        writer.Write((ushort)(name.Length == 0 ? 0 : letters.Length + 2));
        writer.Write([kind, 1]);
        writer.Write(Free);
        writer.Write(Free);
        writer.Write(child);
        writer.Write(new byte[36]);
        writer.Write(start);
        writer.Write((long)size);
    }
}
