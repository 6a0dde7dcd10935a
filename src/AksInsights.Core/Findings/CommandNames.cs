namespace AksInsights.Core.Findings;

/// <summary>What stands in the place of <c>&lt;namespace&gt;</c>, <c>&lt;cluster&gt;</c> and the like in the commands of the library when they are about one finding.</summary>
public static class CommandNames
{
    /// <summary>The words with what takes their place: one for each key column that has a value; of a cluster, whose value is a resource id, its name and its resource group.</summary>
    public static IEnumerable<(string Word, string Name)> Of(FindingKey key)
    {
        foreach (var (column, value) in key)
        {
            if (value is null) continue;
            var id = column == FindingKey.ClusterColumn ? value.Split('/') : [];
            if (id is ["", "subscriptions", _, "resourcegroups", var group, .., var name])
            {
                yield return ("<cluster>", name);
                yield return ("<group>", group);
            }
            else
            {
                yield return ($"<{column}>", value);
            }
        }
    }
}
