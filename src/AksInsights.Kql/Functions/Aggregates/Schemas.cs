using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>What dynamic values look like.</summary>
internal static class Schemas
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("buildschema", FunctionKind.Aggregate, "The smallest schema that admits all values: type names, bags of schemas, `indexer` for the items of arrays; null where there is no value.", "summarize buildschema(parse_json(Tags))", "buildschema-aggregation-function")
        {
            Naming = (argument, _) => "schema_" + argument,
            Signatures = [new([Parameter.Dynamic("value")], KqlType.Dynamic) { Aggregator = _ => new SchemaOf() }],
        },
    ];

    private sealed class SchemaOf : Aggregator
    {
        // A schema is as large as the shape of the values, not as their number.
        private const long BytesPerSchema = 512;

        private Schema?[] _schemas = [];
        private long _made;

        public override long Bytes => (_schemas.Length * 8L) + (_made * BytesPerSchema);

        public override void Resize(int groups) => GroupStates.Grow(ref _schemas, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<object>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                if (values[i] is { } value) Of(groups[i]).Admit(value);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (SchemaOf)other;
            for (var i = 0; i < map.Length; i++)
            {
                if (added._schemas[i] is { } schema) Of(map[i]).Admit(schema);
            }
        }

        public override Column Finish(int groups)
        {
            var result = new object[groups];
            for (var i = 0; i < groups; i++) result[i] = _schemas[i]?.ToDynamic()!;
            return new FlatColumn<object>(KqlType.Dynamic, result);
        }

        private Schema Of(int group)
        {
            if (_schemas[group] is { } schema) return schema;
            _made++;
            return _schemas[group] = new Schema();
        }
    }

    /// <summary>The alternatives for one place: names of simple types, and at most one container with properties, items or both.</summary>
    private sealed class Schema
    {
        private readonly List<string> _names = [];
        private OrderedDictionary<string, Schema>? _properties;
        private Schema? _items;

        public void Admit(object? value)
        {
            switch (value)
            {
                case null:
                    break;
                case DynamicBag bag:
                    _properties ??= new OrderedDictionary<string, Schema>(StringComparer.Ordinal);
                    foreach (var (name, item) in bag) Property(name).Admit(item);
                    break;
                case DynamicArray array:
                    _items ??= new Schema();
                    foreach (var item in array) _items.Admit(item);
                    break;
                default:
                    Admit(NameOf(value));
                    break;
            }
        }

        public void Admit(Schema other)
        {
            foreach (var name in other._names) Admit(name);
            if (other._properties is not null)
            {
                _properties ??= new OrderedDictionary<string, Schema>(StringComparer.Ordinal);
                foreach (var (name, schema) in other._properties) Property(name).Admit(schema);
            }

            if (other._items is not null) (_items ??= new Schema()).Admit(other._items);
        }

        public object ToDynamic()
        {
            var alternatives = new List<object?>(_names);
            if (_properties is not null || _items is not null) alternatives.Add(Container());
            return alternatives.Count == 1 ? alternatives[0]! : new DynamicArray([.. alternatives]);
        }

        private DynamicBag Container()
        {
            var bag = new DynamicBag();
            foreach (var (name, schema) in _properties ?? []) bag[name] = schema.ToDynamic();
            if (_items is not null) bag["`indexer`"] = _items.ToDynamic();
            return bag;
        }

        private Schema Property(string name)
        {
            if (_properties!.TryGetValue(name, out var schema)) return schema;
            schema = new Schema();
            _properties.Add(name, schema);
            return schema;
        }

        private void Admit(string name)
        {
            if (!_names.Contains(name)) _names.Add(name);
        }

        private static string NameOf(object value) => value switch
        {
            bool => "bool",
            long => "long",
            double => "double",
            decimal => "decimal",
            string => "string",
            DateTime => "datetime",
            TimeSpan => "timespan",
            Guid => "guid",
            _ => throw new UnreachableException($"A dynamic value never holds a {value.GetType().Name}."),
        };
    }
}
