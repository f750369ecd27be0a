using System.Globalization;
using System.Xml.Linq;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.XForms;

/// <summary>
/// Writes a form as an ODK XForm, the XML that phones' forms are: the answers' tree, what binds to it, the controls, both
/// languages. What only we have (units, bounds, warnings) is text or is left out.
/// </summary>
public static class XFormWriter
{
    /// <summary>The document, with its declaration when it is saved.</summary>
    public static XDocument Write(FormDefinition definition) => new(new Writer(definition).Form());

    private static readonly XNamespace X = "http://www.w3.org/2002/xforms";
    private static readonly XNamespace H = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Jr = "http://openrosa.org/javarosa";
    private static readonly XNamespace Orx = "http://openrosa.org/xforms";
    private static readonly XNamespace Odk = "http://www.opendatakit.org/xforms";

    private static readonly (string Code, string Name)[] languages = [("th", "ไทย (th)"), ("en", "English (en)")];

    private sealed class Writer(FormDefinition definition)
    {
        private readonly XFormExpressions expressions = new(definition);
        private readonly List<(string Id, LocalText Text)> texts = [];

        public XElement Form()
        {
            var body = new XElement(H + "body", definition.Nodes.SelectMany(Control));
            var binds = definition.AllNodes.SelectMany(Binds).ToList();
            var instances = definition
                .ChoiceLists.Values.Where(IsUsed)
                .Select(list => new XElement(X + "instance", new XAttribute("id", list.Name), Items(list)))
                .ToList();
            var model = new XElement(
                X + "model",
                new XAttribute(Odk + "xforms-version", "1.0.0"),
                Texts(),
                new XElement(X + "instance", Data()),
                instances,
                binds,
                new XElement(
                    X + "bind",
                    new XAttribute("nodeset", "/data/meta/instanceID"),
                    new XAttribute("type", "string"),
                    new XAttribute("readonly", "true()"),
                    new XAttribute(Jr + "preload", "uid")
                )
            );
            return new XElement(
                H + "html",
                new XAttribute("xmlns", X.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "h", H.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "jr", Jr.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "orx", Orx.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "odk", Odk.NamespaceName),
                new XElement(H + "head", new XElement(H + "title", definition.Title.In("th")), model),
                body
            );
        }

        private bool IsUsed(ChoiceList list) =>
            definition.Questions.Any(q => q.List == list.Name) || definition.ListsLookedInto.Contains(list);

        private XElement Data() =>
            new(
                X + "data",
                new XAttribute("id", definition.Id),
                new XAttribute("version", definition.Version),
                definition.Nodes.SelectMany(Nodes),
                new XElement(Orx + "meta", new XElement(Orx + "instanceID"))
            );

        // A repeat stands twice: as what new rows are copies of, and as the first row.
        private IEnumerable<XElement> Nodes(FormNode node)
        {
            var element = new XElement(X + node.Name, FormDefinition.ChildrenOf(node).SelectMany(Nodes));
            if (node is Question { Default.Tree: StringLiteral text })
            {
                element.Value = text.Value;
            }
            return node is Repeat
                ? [new XElement(element).With(new XAttribute(Jr + "template", "")), element]
                : [element];
        }

        private XElement Items(ChoiceList list) =>
            new(
                X + "root",
                list.Choices.Select(
                    (choice, i) =>
                        new XElement(
                            X + "item",
                            new XElement(X + "itextId", Say($"{list.Name}-{i}", choice.Label)),
                            new XElement(X + "name", choice.Name),
                            choice.Columns.Select(c => new XElement(X + c.Key, c.Value))
                        )
                )
            );

        private IEnumerable<XElement> Binds(FormNode node)
        {
            var question = node as Question;
            var path = expressions.PathOf(node);
            var bind = new XElement(X + "bind", new XAttribute("nodeset", path));
            if (question is not null)
            {
                bind.Add(new XAttribute("type", TypeOf(question.Type)));
            }
            Put(bind, "relevant", expressions.Write(node.Relevant, node));
            Put(bind, "required", expressions.Write(question?.Required, node));
            // What only warns here would block there.
            var blocks = question?.Severity == Severity.Block;
            var constraint = blocks ? expressions.Write(question!.Constraint, node) : null;
            Put(bind, "constraint", constraint);
            Put(bind, "calculate", expressions.Write(question?.Calculation, node));
            Put(bind, "readonly", question is { ReadOnly: true } or { Type: QuestionType.Note } ? "true()" : null);
            if (constraint is not null && !question!.ConstraintMessage.IsEmpty)
            {
                bind.Add(
                    new XAttribute(Jr + "constraintMsg", Ref($"{path}:jr:constraintMsg", question.ConstraintMessage))
                );
            }
            if (question is { Required: not null, RequiredMessage.IsEmpty: false })
            {
                bind.Add(new XAttribute(Jr + "requiredMsg", Ref($"{path}:jr:requiredMsg", question.RequiredMessage)));
            }
            yield return bind;
            if (
                question is { Default: { Tree: not StringLiteral } start }
                && expressions.Write(start, node) is { } value
            )
            {
                yield return new XElement(
                    X + "setvalue",
                    new XAttribute("event", "odk-instance-first-load"),
                    new XAttribute("ref", path),
                    new XAttribute("value", value)
                );
            }
        }

        private IEnumerable<XElement> Control(FormNode node) =>
            node switch
            {
                Group group => [Group(group)],
                Repeat repeat => [Repeat(repeat)],
                Question { Type: QuestionType.Calculate or QuestionType.Hidden } => [],
                Question { IsCalculated: true, Label.IsEmpty: true } => [],
                Question question => [Question(question)],
                _ => [],
            };

        private XElement Group(Group group)
        {
            var element = new XElement(X + "group", new XAttribute("ref", expressions.PathOf(group)));
            AddLabel(element, group);
            element.Add(group.Nodes.SelectMany(Control));
            return element;
        }

        private XElement Repeat(Repeat repeat)
        {
            var path = expressions.PathOf(repeat);
            var rows = new XElement(X + "repeat", new XAttribute("nodeset", path));
            if (expressions.Write(repeat.Count, repeat) is { } count)
            {
                rows.Add(new XAttribute(Jr + "count", count));
            }
            rows.Add(repeat.Nodes.SelectMany(Control));
            var element = new XElement(X + "group", new XAttribute("ref", path));
            AddLabel(element, repeat);
            element.Add(rows);
            return element;
        }

        private XElement Question(Question question)
        {
            var path = expressions.PathOf(question);
            var element = new XElement(ElementOf(question.Type), new XAttribute("ref", path));
            if (question.Appearance is { } appearance)
            {
                element.Add(new XAttribute("appearance", appearance));
            }
            if (question.Type.IsFile())
            {
                element.Add(new XAttribute("mediatype", MediaOf(question.Type)));
            }
            if (question.Bounds is { } bounds)
            {
                element.Add(
                    new XAttribute("start", Number(bounds.Least)),
                    new XAttribute("end", Number(bounds.Most)),
                    new XAttribute("step", Number(question.Interval))
                );
            }
            AddLabel(element, question);
            if (question.Type.HasChoices())
            {
                element.Add(Choices(question));
            }
            return element;
        }

        private XElement Choices(Question question)
        {
            if (question.ChoicesFrom is { } from && definition.Find(from) is { } source)
            {
                var row = definition.RepeatOf(source)!;
                var below = expressions.PathOf(source)[(expressions.PathOf(row).Length + 1)..];
                return ItemSet($"{expressions.PathOf(row)}[./{below} != '']", below, new XAttribute("ref", below));
            }
            var filter = question.ChoiceFilter is { } f ? $"[{expressions.WriteFilter(f, question)}]" : "";
            return ItemSet(
                $"instance('{question.List}')/root/item{filter}",
                "name",
                new XAttribute("ref", "jr:itext(itextId)")
            );
        }

        private static XElement ItemSet(string nodes, string value, XAttribute label) =>
            new(
                X + "itemset",
                new XAttribute("nodeset", nodes),
                new XElement(X + "value", new XAttribute("ref", value)),
                new XElement(X + "label", label)
            );

        // The unit stands behind the name: a phone has no place of its own for it.
        private void AddLabel(XElement element, FormNode node)
        {
            var unit = (node as Question)?.Unit ?? LocalText.None;
            var path = expressions.PathOf(node);
            var label = new LocalText(WithUnit(node, unit, "th"), WithUnit(node, unit, "en"));
            element.Add(new XElement(X + "label", new XAttribute("ref", Ref(path + ":label", label))));
            if (!node.Hint.IsEmpty)
            {
                element.Add(new XElement(X + "hint", new XAttribute("ref", Ref(path + ":hint", node.Hint))));
            }
        }

        private static string WithUnit(FormNode node, LocalText unit, string language) =>
            unit.IsEmpty ? node.Label.In(language) : $"{node.Label.In(language)} ({unit.In(language)})";

        private string Ref(string id, LocalText text) => $"jr:itext('{Say(id, text)}')";

        private string Say(string id, LocalText text)
        {
            texts.Add((id, text));
            return id;
        }

        private XElement Texts() =>
            new(
                X + "itext",
                languages.Select(language => new XElement(
                    X + "translation",
                    new XAttribute("lang", language.Name),
                    language.Code == definition.Settings.DefaultLanguage ? new XAttribute("default", "true()") : null,
                    texts.Select(text => new XElement(
                        X + "text",
                        new XAttribute("id", text.Id),
                        new XElement(X + "value", text.Text.In(language.Code))
                    ))
                ))
            );

        private static void Put(XElement bind, string name, string? value)
        {
            if (value is not null)
            {
                bind.Add(new XAttribute(name, value));
            }
        }

        private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

        private static XName ElementOf(QuestionType type) =>
            type switch
            {
                QuestionType.SelectOne => X + "select1",
                QuestionType.SelectMultiple => X + "select",
                QuestionType.Rank => Odk + "rank",
                QuestionType.Range => X + "range",
                QuestionType.Acknowledge => X + "trigger",
                _ when type.IsFile() => X + "upload",
                _ => X + "input",
            };

        private static string MediaOf(QuestionType type) =>
            type switch
            {
                QuestionType.Image => "image/*",
                QuestionType.Audio => "audio/*",
                QuestionType.Video => "video/*",
                _ => "application/*",
            };

        private static string TypeOf(QuestionType type) =>
            type switch
            {
                QuestionType.Integer => "int",
                QuestionType.Decimal or QuestionType.Range => "decimal",
                QuestionType.Date => "date",
                QuestionType.Time => "time",
                QuestionType.DateTime => "dateTime",
                QuestionType.Rank => "odk:rank",
                QuestionType.Barcode => "barcode",
                _ when type.IsPlace() => QuestionTypes.NameOf(type),
                _ when type.IsFile() => "binary",
                _ => "string",
            };
    }

    private static XElement With(this XElement element, XAttribute attribute)
    {
        element.Add(attribute);
        return element;
    }
}
