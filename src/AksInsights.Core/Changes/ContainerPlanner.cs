using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Changes.Manifests.Kustomize;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes;

/// <summary>Decides for one container at which of its places each amount is changed: where it is said last, unless others share that place.</summary>
internal sealed class ContainerPlanner(Recommendation recommendation, ContainerDeclaration declaration)
{
    private readonly List<ValueChange> _values = [];
    private readonly List<FileDiagnostic> _objections = [.. declaration.Obstacles];
    private readonly Dictionary<ResourceField, string?> _effective = [];

    /// <summary>What is to be written.</summary>
    public ChangeDraft Draft { get; } = new();

    /// <summary>The amounts that change; empty when the files say already what is proposed.</summary>
    public IReadOnlyList<ValueChange> Values => _values;

    /// <summary>Why the container cannot be changed; empty when it can.</summary>
    public IReadOnlyList<FileDiagnostic> Objections => _objections;

    /// <summary>Decides.</summary>
    public void Plan()
    {
        var changed = recommendation.Changes.Select(c => c.Field).ToHashSet();
        foreach (var field in Enum.GetValues<ResourceField>())
        {
            var (place, state) = Effective(field);
            _effective[field] = state?.Text;
            if (changed.Contains(field) && _objections.Count == 0) Plan(field, place, state);
        }

        CheckOrder(ResourceField.CpuRequest, ResourceField.CpuLimit);
        CheckOrder(ResourceField.MemoryRequest, ResourceField.MemoryLimit);
    }

    private (int Place, AmountState? State) Effective(ResourceField field)
    {
        for (var i = declaration.Places.Count - 1; i >= 0; i--)
        {
            if (declaration.Places[i].State(field) is { IsSaid: true } state) return (i, state);
        }

        return (-1, null);
    }

    private void Plan(ResourceField field, int top, AmountState? state)
    {
        var (current, proposed) = (recommendation.Current[field], recommendation.Proposed[field]);
        if (state is not null && Contradicts(field, declaration.Places[top], state, current, proposed)) return;
        if (Amounts.AreEqual(field, state?.Text, proposed)) return;
        _effective[field] = proposed;
        if (proposed is null) TakeOut(field, top, state!);
        else Write(field, top, state?.Text, proposed);
    }

    /// <summary>Whether the file says another amount than the one the recommendation was made for.</summary>
    private bool Contradicts(ResourceField field, AmountPlace place, AmountState state, string? current, string? proposed)
    {
        // What cannot be looked into here is refused by the edit, with a better reason.
        if (state.Text is null) return false;
        if (Amounts.AreEqual(field, state.Text, current) || Amounts.AreEqual(field, state.Text, proposed)) return false;
        var span = place.Document.InFile(state.Node!.Span);
        if (Amounts.IsAmount(field, state.Text)) Object(place, r => r.Drifted(span, Amounts.Name(field), state.Text, current));
        else Object(place, r => r.NoAmount(span, Amounts.Name(field), state.Text));
        return true;
    }

    private void Write(ResourceField field, int top, string? from, string proposed)
    {
        var wanted = new WantedText(proposed);
        if (top >= 0 && !declaration.Places[top].IsShared) Note(field, top, from, proposed, wanted);
        else if (Above(top) is { } place) Note(field, place, from, proposed, wanted);
        else if (declaration.Object.Overlay is { } overlay && PodTemplates.PathOf(overlay.Kind) is not null) NoteInPatch(overlay, field, from, proposed, wanted);
        else if (top < 0 && declaration.Places.Count == 0) throw new InvalidOperationException("A declaration without places has an obstacle.");
        else ObjectToSharing(Math.Max(top, 0));
    }

    private void TakeOut(ResourceField field, int top, AmountState state)
    {
        var place = declaration.Places[top];
        var isOnly = declaration.Places.Take(top).All(p => !p.State(field).IsSaid);
        if (isOnly && !place.IsShared && place.Cells[field].CanGo) Note(field, top, state.Text, null, new WantedAbsent());
        else if (!isOnly && !place.IsShared && place.Cells[field].CanGo) Note(field, top, state.Text, null, new WantedNull());
        else if (!place.IsShared) Object(place, r => r.CannotGo(place.Document.InFile(state.Node!.Span), Amounts.Name(field)));
        else if (Above(top) is { } above) Note(field, above, state.Text, null, new WantedNull());
        else if (declaration.Object.Overlay is { } overlay && PodTemplates.PathOf(overlay.Kind) is not null) NoteInPatch(overlay, field, state.Text, null, new WantedNull());
        else ObjectToSharing(top);
    }

    /// <summary>The last place over another that nobody else uses and that takes more amounts: one that has some already, else any.</summary>
    private int? Above(int top)
    {
        var free = Enumerable.Range(0, declaration.Places.Count).Where(i => i > top && !declaration.Places[i].IsShared && declaration.Places[i].CanAdd).Reverse().ToList();
        foreach (var wish in new Func<AmountPlace, bool>[] { p => p.HasAmounts, p => p.Introduce is null, _ => true })
        {
            foreach (var i in free)
            {
                if (wish(declaration.Places[i])) return i;
            }
        }

        return null;
    }

    private void Note(ResourceField field, int index, string? from, string? to, WantedNode wanted)
    {
        var place = declaration.Places[index];
        Draft.Set(place, field, wanted);
        var at = place.State(field).Node is { } node ? place.Document.InFile(node.Span) : place.Span;
        _values.Add(new ValueChange(place.File.Path, place.File.NewReport().Source.PositionOf(at.Start).Line, field, from, to));
    }

    private void NoteInPatch(OverlayPatch overlay, ResourceField field, string? from, string? to, WantedNode wanted)
    {
        Draft.SetInPatch(overlay, declaration.List, recommendation.Container.Container, field, wanted);
        _values.Add(new ValueChange(overlay.Path, 1, field, from, to));
    }

    /// <summary>What the files say afterwards must be something the cluster accepts: no request above its limit.</summary>
    private void CheckOrder(ResourceField request, ResourceField limit)
    {
        if (_objections.Count > 0 || _effective[request] is not { } low || _effective[limit] is not { } high) return;
        if (Amounts.Smallest(request, low) is not { } least || Amounts.Smallest(limit, high) is not { } most || least <= most) return;
        var (index, state) = Effective(limit);
        var place = declaration.Places[index];
        Object(place, r => r.Drifted(place.Document.InFile(state!.Node!.Span), Amounts.Name(limit), high, recommendation.Current[limit]));
    }

    private void ObjectToSharing(int index) => Object(declaration.Places[index], r => r.SharedByOthers(declaration.Places[index].Span, declaration.Places[index].Users));

    private void Object(AmountPlace place, Action<ManifestReport> say)
    {
        var report = place.File.NewReport();
        say(report);
        _objections.AddRange(report.Found);
    }
}
