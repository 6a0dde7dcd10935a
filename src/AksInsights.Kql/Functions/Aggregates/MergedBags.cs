using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Merging property bags.</summary>
internal static class MergedBags
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("make_bag", FunctionKind.Aggregate, "One bag of the properties of all bags; of values for one key the first is kept, other values are skipped.", "summarize make_bag(bag_pack(Name, PodStatus))", "make-bag-aggregation-function")
        {
            Naming = (argument, _) => "bag_" + argument,
            Signatures = [Form(Lists.MaxSize)],
        },
        new("make_bag_if", FunctionKind.Aggregate, "One bag of the properties of the rows for which a condition is true.", "summarize make_bag_if(bag_pack(Name, PodStatus), PodStatus == 'Failed')", "make-bag-if-aggregation-function")
        {
            Naming = (argument, _) => "bag_" + argument,
            Signatures = [Form(Lists.MaxSize).When()],
        },
        new("make_dictionary", FunctionKind.Aggregate, "As make_bag, with at most 128 properties unless said otherwise. Deprecated.", "summarize make_dictionary(bag_pack(Name, PodStatus))", "make-bag-aggregation-function")
        {
            Naming = (argument, _) => "dictionary_" + argument,
            Signatures = [Form(Lists.DeprecatedSize)],
        },
    ];

    private static Signature Form(int size) => new([Parameter.Dynamic("value"), Parameter.Long("maxSize").Optional().Constant()], KqlType.Dynamic)
    {
        Aggregator = shape => new BagOf(Lists.SizeOf(shape, size)),
    };

    private sealed class BagOf(int size) : Aggregator
    {
        private DynamicBag?[] _bags = [];
        private long _properties;

        public override long Bytes => (_bags.Length * 8L) + (_properties * 96L);

        public override void Resize(int groups) => GroupStates.Grow(ref _bags, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<object>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                if (values[i] is DynamicBag bag) Take(groups[i], bag);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (BagOf)other;
            for (var i = 0; i < map.Length; i++)
            {
                if (added._bags[i] is { } bag) Take(map[i], bag);
            }
        }

        public override Column Finish(int groups)
        {
            var bags = new object[groups];
            for (var i = 0; i < groups; i++) bags[i] = _bags[i] ?? new DynamicBag();
            return new FlatColumn<object>(KqlType.Dynamic, bags);
        }

        private void Take(int group, DynamicBag bag)
        {
            var merged = _bags[group] ??= new DynamicBag(bag.Count);
            foreach (var (key, value) in bag)
            {
                if (merged.Count >= size) return;
                if (merged.TryGetValue(key, out _)) continue;
                merged[key] = value;
                _properties++;
            }
        }
    }
}
