using System.Globalization;
using System.Text;

namespace AksInsights.Tests.Changes;

/// <summary>
/// A made-up manifest that can be written before and after a change, by a writer that knows nothing of the editor: what is expected of an edit, to the byte.
/// </summary>
internal sealed class RandomManifest
{
    private static readonly string[] Comments = ["", "", "", " # why", "  # größe: 5 €", "\t# tab", " #😀 {x: 1}", " # \"q\" 'r' {{ x }}"];
    private static readonly string[] Amounts = ["100m", "250m", "1", "2", "0.5", "1500m", "64Mi", "1Gi", "512M", "1536Mi", "1e3"];

    private readonly Random _random;
    private readonly string _break;
    private readonly int _step;
    private readonly bool _listsIndented;
    private readonly bool _hasFinalBreak;
    private readonly bool _hasMark;
    private readonly List<List<Container>> _documents = [];

    public RandomManifest(int seed)
    {
        _random = new Random(seed);
        _break = Chance(30) ? "\r\n" : "\n";
        _step = Pick(2, 2, 2, 4, 3);
        _listsIndented = Chance(50);
        _hasFinalBreak = Chance(85);
        _hasMark = Chance(10);
        for (var d = Pick(1, 1, 2, 3); d > 0; d--)
            _documents.Add([.. Enumerable.Range(0, Pick(1, 2, 3)).Select(i => new Container(_random, $"c{i}", Pick<int>))]);
        Target = (_random.Next(_documents.Count), 0);
        Target = (Target.Document, _random.Next(_documents[Target.Document].Count));
        Wanted = NewWishes();
    }

    /// <summary>Which container is to change.</summary>
    public (int Document, int Container) Target { get; }

    /// <summary>What is to change: the amount under <c>requests</c> or <c>limits</c>, null where it goes.</summary>
    public IReadOnlyList<(string Part, string Name, string? Amount)> Wanted { get; }

    /// <summary>The file as it is.</summary>
    public byte[] Before() => Write();

    /// <summary>The file as it should be afterwards. To be called once, last.</summary>
    public byte[] After()
    {
        var container = _documents[Target.Document][Target.Container];
        foreach (var (part, name, amount) in Wanted) container.Set(part, name, amount);
        container.Settle();
        return Write();
    }

    private List<(string Part, string Name, string? Amount)> NewWishes()
    {
        var all = new[] { ("requests", "cpu"), ("requests", "memory"), ("limits", "cpu"), ("limits", "memory") };
        var chosen = all.Where(_ => Chance(60)).ToList();
        if (chosen.Count == 0) chosen.Add(all[_random.Next(4)]);
        return [.. chosen.Select(c => (c.Item1, c.Item2, Chance(20) ? null : Amounts[_random.Next(Amounts.Length)]))];
    }

    private byte[] Write()
    {
        var lines = new List<string>();
        foreach (var document in _documents)
        {
            if (lines.Count > 0) lines.Add("---");
            WriteDocument(document, lines);
        }

        var text = string.Join(_break, lines) + (_hasFinalBreak ? _break : "");
        return [.. _hasMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
    }

    private void WriteDocument(List<Container> containers, List<string> lines)
    {
        var pad = new string(' ', _step);
        lines.AddRange(["# a comment: with {braces} and ünïcode", "apiVersion: apps/v1", "kind: \"Deployment\"", "metadata:", pad + "name: 'web'   # the name", "", "spec:", pad + "template:", pad + pad + "spec:"]);
        var key = pad + pad + pad;
        lines.Add(key + "containers:");
        var dash = key + (_listsIndented ? pad : "");
        foreach (var container in containers) container.Write(dash, _step, lines);
        lines.Add(key + "restartPolicy: Always");
        if (_documents.IndexOf(containers) % 2 == 0) lines.AddRange(["status: {}", "# the end"]);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];

    private enum Form { Absent, EmptyBraces, Nothing, Block, Flow, FlowParts }

    private sealed class Container
    {
        private readonly List<(string Part, List<(string Name, string Text, string Comment)> Amounts)> _parts = [];
        private readonly List<(bool EndsInBlock, string[] Lines)> _others = [];
        private readonly string _quote;
        private readonly string _padding;
        private string _comment;
        // Which parts the file had, and whether an amount in them shows how amounts are quoted.
        private readonly Dictionary<string, bool> _wasThere = [];
        private int _position;
        private Form _form;

        public Container(Random random, string name, Func<int[], int> pick)
        {
            _quote = new[] { "", "", "", "\"", "'" }[random.Next(5)];
            _padding = random.Next(2) == 0 ? " " : "";
            _comment = Comments[random.Next(Comments.Length)];
            _others.Add((false, [$"name: {name}{Comments[random.Next(Comments.Length)]}"]));
            if (random.Next(2) == 0) _others.Add((false, ["image: \"repo/é:1.0\"   "]));
            if (random.Next(3) == 0) _others.Add((false, ["env:", "- {name: A, value: \"{{ .x }}\"}", "# between", "- name: B", "  value: |", "    a: b", "", "    c"]));
            if (random.Next(3) == 0) _others.Add((true, ["args:", "- sh", "- |", "  echo 'resources:'", "  echo # no comment"]));
            if (random.Next(3) == 0) _others.Add((false, ["", "# a comment of its own", "ports: [ {containerPort: 80}, ]"]));
            if (_others.Any(o => o.Lines[0] == "env:")) MarkBlocks();
            _form = (Form)random.Next(6);
            _position = random.Next(1, _others.Count + 1);
            if (_form is Form.Block or Form.Flow or Form.FlowParts) Fill(random, pick);
            if (_form is Form.Absent) _position = -1;
            foreach (var (part, amounts) in _parts) _wasThere[part] = amounts.Any(a => a.Name is "cpu" or "memory");
        }

        private void MarkBlocks()
        {
            var at = _others.FindIndex(o => o.Lines[0] == "env:");
            _others[at] = (true, _others[at].Lines);
        }

        private void Fill(Random random, Func<int[], int> pick)
        {
            foreach (var part in pick([0, 1]) == 0 ? new[] { "requests", "limits" } : ["limits", "requests"])
            {
                if (random.Next(5) == 0) continue;
                var names = new[] { "cpu", "memory", "ephemeral-storage" }.Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next()).ToList();
                if (names.Count == 0) continue;
                _parts.Add((part, [.. names.Select(n => (n, _quote + Amounts[random.Next(Amounts.Length)] + _quote, Comments[random.Next(Comments.Length)]))]));
            }

            if (_parts.Count == 0) _form = Form.EmptyBraces;
        }

        public void Set(string part, string name, string? amount)
        {
            var at = _parts.FindIndex(p => p.Part == part);
            if (at < 0)
            {
                if (amount is null) return;
                _parts.Add((part, []));
                at = _parts.Count - 1;
            }

            var amounts = _parts[at].Amounts;
            var cell = amounts.FindIndex(a => a.Name == name);
            if (amount is null)
            {
                if (cell >= 0) amounts.RemoveAt(cell);
            }
            else if (cell < 0) amounts.Add((name, New(part, amount), ""));
            else amounts[cell] = (name, Replacing(amounts[cell].Text, amount), amounts[cell].Comment);
        }

        public void Settle()
        {
            _parts.RemoveAll(p => p.Amounts.Count == 0);
            if (_parts.Count == 0)
            {
                if (_form is Form.Block or Form.Flow or Form.FlowParts) _position = -1;
                return;
            }

            if (_form is Form.Absent) _comment = "";
            if (_form is Form.Absent or Form.EmptyBraces or Form.Nothing) _form = Form.Block;
            if (_position < 0) _position = _others.FindLastIndex(o => !o.EndsInBlock) + 1;
        }

        public void Write(string dash, int step, List<string> lines)
        {
            var first = lines.Count;
            for (var i = 0; i <= _others.Count; i++)
            {
                if (i == _position) WriteResources(step, lines);
                if (i < _others.Count) lines.AddRange(_others[i].Lines);
            }

            for (var i = first; i < lines.Count; i++)
                lines[i] = lines[i].Length == 0 && i > first ? "" : (i == first ? dash + "- " : dash + "  ") + lines[i];
        }

        private void WriteResources(int step, List<string> lines)
        {
            var pad = new string(' ', step);
            switch (_form)
            {
                case Form.EmptyBraces:
                    lines.Add("resources: {}" + _comment);
                    break;
                case Form.Nothing:
                    lines.Add("resources:" + _comment);
                    break;
                case Form.Flow:
                    lines.Add($"resources: {{{_padding}{string.Join(", ", _parts.Select(p => $"{p.Part}: {Flow(p.Amounts)}"))}{_padding}}}{_comment}");
                    break;
                default:
                    lines.Add("resources:" + _comment);
                    foreach (var (part, amounts) in _parts) WritePart(part, amounts, pad, lines);
                    break;
            }
        }

        private void WritePart(string part, List<(string Name, string Text, string Comment)> amounts, string pad, List<string> lines)
        {
            // A part that comes new is a block, as the mapping it comes into is one.
            if (_form == Form.FlowParts && _wasThere.ContainsKey(part))
            {
                lines.Add($"{pad}{part}: {Flow(amounts)}");
                return;
            }

            lines.Add($"{pad}{part}:");
            foreach (var (name, text, comment) in amounts) lines.Add($"{pad}{pad}{name}: {text}{comment}");
        }

        private string Flow(List<(string Name, string Text, string Comment)> amounts) => $"{{{_padding}{string.Join(", ", amounts.Select(a => $"{a.Name}: {a.Text}"))}{_padding}}}";

        private string New(string part, string amount)
        {
            var hasNeighbours = _wasThere.TryGetValue(part, out var shown) ? shown : _wasThere.ContainsValue(true);
            var quote = hasNeighbours ? _quote : "";
            return quote.Length > 0 ? quote + amount + quote : IsNumber(amount) ? $"\"{amount}\"" : amount;
        }

        private static string Replacing(string old, string amount)
        {
            if (old[0] is '"' or '\'') return old[0] + amount + old[0];
            return IsNumber(amount) && !IsNumber(old) ? $"\"{amount}\"" : amount;
        }

        private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
