using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>What the entities sheet says, with its row; the declaration is null when it is incomplete.</summary>
internal sealed record EntityDraft(EntityDeclaration? Declaration, int? Row, int RowCount);

/// <summary>Reads the entities sheet: dataset (or list_name), label, create_if, update_if, duplicate_keys.</summary>
internal static class EntitiesReader
{
    public static EntityDraft? Read(SheetTable? sheet, FindingList findings)
    {
        if (sheet is null || sheet.Rows.Count == 0)
        {
            return null;
        }
        var columns = new ColumnMap(
            sheet,
            ["dataset", "list_name", "label", "create_if", "update_if", "entity_id", "duplicate_keys"],
            [],
            "th",
            findings
        );
        var rows = sheet.Rows.Skip(1).Where(r => r.Cells.Any(c => c.Length > 0)).ToList();
        if (rows.Count == 0)
        {
            return new EntityDraft(null, sheet.Rows[0].Number, 0);
        }
        var row = rows[0];
        var expressions = new ExpressionCells(columns, "entities", findings);
        var datasetKey = columns.Cell(row, "dataset").Length > 0 ? "dataset" : "list_name";
        var dataset = columns.Cell(row, datasetKey);
        if (!Names.IsValid(dataset))
        {
            findings.Add("F062", "entities", row.Number, columns.HeaderOf("dataset"), "dataset");
        }
        var label = expressions.Read(row, "label");
        if (columns.Cell(row, "label").Length == 0)
        {
            findings.Add("F062", "entities", row.Number, columns.HeaderOf("label"), "label");
        }
        var createIf = expressions.Read(row, "create_if");
        var updateIf = expressions.Read(row, "update_if");
        var declaration = label is null
            ? null
            : new EntityDeclaration(dataset, label, createIf, updateIf)
            {
                DuplicateKeys = columns
                    .Cell(row, "duplicate_keys")
                    .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            };
        return new EntityDraft(declaration, row.Number, rows.Count);
    }
}
