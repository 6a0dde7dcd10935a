using System.Globalization;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>One container through the layers of its object.</summary>
internal sealed class LayeredContainer(DeployedObject deployed, string container)
{
    private readonly string[] _path = PodTemplates.PathOf(deployed.Kind)!;
    private readonly List<AmountPlace> _places = [];
    private readonly List<FileDiagnostic> _obstacles = [];
    private readonly Dictionary<string, List<string?>> _names = [];
    private string _list = "containers";
    private string? _uncertain;

    public ContainerDeclaration Declare(IManifestFormat format)
    {
        foreach (var layer in deployed.Layers)
        {
            if (layer.Kind == LayerKind.Operation) AddOperation(layer);
            else AddMap(layer);
        }

        if (!_places.Exists(p => p.Introduce is null) && _obstacles.Count == 0) Obstruct(deployed.Layers[0], r => r.NoSuchContainer(At(deployed.Layers[0]), deployed.ToString(), container, _names.Values.SelectMany(n => n).OfType<string>()));
        return new ContainerDeclaration { Object = deployed, Format = format, Places = _places, Where = $"{deployed.Layers[0].File.Path} ({deployed})", List = _list, Obstacles = _obstacles };
    }

    private void AddMap(ObjectLayer layer)
    {
        foreach (var list in PodTemplates.Lists)
        {
            // The lists are kept in the order of the base, as operations count in it.
            var names = PodTemplates.Containers(layer.Root, _path).Where(c => c.List == list).Select(c => c.Container.Text("name")).ToList();
            if (layer.Kind == LayerKind.Object) _names[list] = names;
            else if (names.Exists(n => !_names.GetValueOrDefault(list, []).Contains(n))) _uncertain ??= $"`{layer.File.Path}` adds a container to the list";
        }

        FindAlias(layer);
        var found = PodTemplates.Containers(layer.Root, _path).Where(c => c.Container.Text("name") == container).ToList();
        foreach (var (list, map) in found)
        {
            _list = list;
            if (layer.Doubt is not null && map["resources"] is not null) Obstruct(layer, r => r.NotFollowed(At(layer), layer.Doubt));
            if (map["$patch"] is not null || (map["resources"] as SourceMap)?["$patch"] is not null) Obstruct(layer, r => r.NotFollowed(At(layer), "it replaces or deletes instead of merging (`$patch`)"));
            _places.Add(Place(layer, AmountPlace.CellsOf(map, "resources"), canAdd: layer.Doubt is null));
        }

        if (found.Count == 0 && layer.Kind == LayerKind.MergePatch && layer.Doubt is null) _places.Add(Newcomer(layer));
    }

    /// <summary>Containers behind an alias are seen by nobody here, and must not be taken for missing.</summary>
    private void FindAlias(ObjectLayer layer)
    {
        SourceNode? at = layer.Root;
        foreach (var key in _path.Append("containers"))
        {
            at = (at as SourceMap)?[key];
            if (at is SourceAlias alias) Obstruct(layer, r => r.Shared(layer.Document.InFile(alias.Span), alias.Name));
        }

        if (at is SourceList list && list.Items.OfType<SourceAlias>().FirstOrDefault() is { } item) Obstruct(layer, r => r.Shared(layer.Document.InFile(item.Span), item.Name));
    }

    private AmountPlace Newcomer(ObjectLayer layer) => new()
    {
        File = layer.File,
        Document = layer.Document,
        Users = layer.Users,
        Cells = new Dictionary<ResourceField, AmountCell>(),
        CanAdd = true,
        Introduce = resources => (layer.Root, WantedMap.At(
            [.. _path, _list],
            new WantedItems([new WantedMap([new("name", new WantedText(container)), new("resources", resources)])]))),
    };

    private void AddOperation(ObjectLayer layer)
    {
        var pointer = (layer.Root.Text("path") ?? "").Split('/').Skip(1).Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        if (pointer.Length <= _path.Length || !pointer.Take(_path.Length).SequenceEqual(_path)) return;
        var list = pointer[_path.Length];
        var rest = pointer[(_path.Length + 1)..];
        if (!PodTemplates.Lists.Contains(list)) return;
        if (rest.Length == 0 || !IsOurs(layer, list, rest)) return;
        if (_uncertain is not null) Obstruct(layer, r => r.NotFollowed(At(layer), $"it counts containers, and {_uncertain}"));
        else if (layer.Doubt is not null) Obstruct(layer, r => r.NotFollowed(At(layer), layer.Doubt));
        else if (CellsOf(layer.Root, rest[1..]) is { } cells) _places.Add(Place(layer, cells, canAdd: false));
        else Obstruct(layer, r => r.NotFollowed(At(layer), $"the operation `{layer.Root.Text("op")}` on `{layer.Root.Text("path")}` is not understood"));
    }

    /// <summary>Whether an operation concerns the amounts of the container.</summary>
    private bool IsOurs(ObjectLayer layer, string list, string[] rest)
    {
        var names = _names.GetValueOrDefault(list, []);
        var added = (layer.Root["value"] as SourceMap)?.Text("name");
        if (rest.Length == 1)
        {
            if (rest[0] == "-" && layer.Root.Text("op") == "add") names.Add(added);
            else _uncertain ??= $"`{layer.File.Path}` moves them";
            if (added == container) _list = list;
            return added == container;
        }

        return rest[1] == "resources" && int.TryParse(rest[0], CultureInfo.InvariantCulture, out var index) && (_uncertain is not null || names.ElementAtOrDefault(index) == container);
    }

    /// <param name="operation">The operation.</param>
    /// <param name="below">The keys of its target below the container.</param>
    private static IReadOnlyDictionary<ResourceField, AmountCell>? CellsOf(SourceMap operation, string[] below)
    {
        if (operation.Text("op") is not ("add" or "replace") || operation["value"] is not { } value) return null;
        if (below.Length == 0) return value is SourceMap added ? AmountPlace.CellsOf(added, "resources") : null;
        var fields = Enum.GetValues<ResourceField>().Where(f => AmountPlace.PathOf(f).Prepend("resources").Take(below.Length).SequenceEqual(below));
        return fields.ToDictionary(
            f => f, f => new AmountCell(operation, [.. AmountPlace.PathOf(f).Prepend("resources").Skip(below.Length).Prepend("value")], CanGo: below.Length < 3));
    }

    private static AmountPlace Place(ObjectLayer layer, IReadOnlyDictionary<ResourceField, AmountCell> cells, bool canAdd) =>
        new() { File = layer.File, Document = layer.Document, Cells = cells, Users = layer.Users, CanAdd = canAdd };

    private static TextSpan At(ObjectLayer layer) => layer.Document.InFile(layer.Root.Entries.Count > 0 ? layer.Root.Entries[0].Key.Span : layer.Root.Span);

    private void Obstruct(ObjectLayer layer, Action<ManifestReport> say)
    {
        var report = layer.File.NewReport();
        say(report);
        _obstacles.AddRange(report.Found);
    }
}
