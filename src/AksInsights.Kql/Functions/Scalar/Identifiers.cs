using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>New identifiers.</summary>
internal static class Identifiers
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("new_guid", FunctionKind.Scalar, "A random GUID, another one for every row.", "new_guid()", "new-guid-function")
        {
            Deterministic = false,
            Signatures = [new([], KqlType.Guid) { Kernel = _ => new NewGuids() }],
        },
    ];

    private sealed class NewGuids : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var ids = new Guid[length];
            for (var i = 0; i < length; i++) ids[i] = Guid.NewGuid();
            return new FlatColumn<Guid>(KqlType.Guid, ids);
        }
    }
}
