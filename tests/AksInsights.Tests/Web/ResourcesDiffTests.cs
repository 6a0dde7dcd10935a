using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Service.Web.Recommendations;

namespace AksInsights.Tests.Web;

public sealed class ResourcesDiffTests
{
    [Fact]
    public void WhatIsSetAnewCannotBeFoundBefore() => Assert.Equal(
        ["  resources:", "+   requests:", "+     cpu: 250m", "+     memory: 192Mi"],
        Lines(ContainerResources.None, new ContainerResources(Cpu(250), null, Memory(192), null)));

    [Fact]
    public void WhatIsTakenOutIsGoneWithItsHeading() => Assert.Equal(
        ["  resources:", "    requests:", "      cpu: 250m", "-   limits:", "-     cpu: 500m"],
        Lines(new ContainerResources(Cpu(250), Cpu(500), null, null), new ContainerResources(Cpu(250), null, null, null)));

    [Fact]
    public void WhatStaysIsContextAndWhatChangesIsTwoLines() => Assert.Equal(
        ["  resources:", "    requests:", "-     cpu: 2", "+     cpu: 250m", "      memory: 192Mi", "    limits:", "-     memory: 320Mi", "+     memory: 640Mi"],
        Lines(new ContainerResources(Cpu(2000), null, Memory(192), Memory(320)), new ContainerResources(Cpu(250), null, Memory(192), Memory(640))));

    [Fact]
    public void NothingIsNothingButTheHeading() => Assert.Equal(["  resources:"], Lines(ContainerResources.None, ContainerResources.None));

    [Fact]
    public void ZeroIsAnAmountAndSoIsTheGreatestThereIs() => Assert.Equal(
        ["  resources:", "    requests:", "-     cpu: 0", "+     cpu: 9223372036854775807n", "-     memory: 0", "+     memory: 9223372036854775807"],
        Lines(new ContainerResources(new CpuQuantity(0), null, new MemoryQuantity(0), null), new ContainerResources(new CpuQuantity(long.MaxValue), null, new MemoryQuantity(long.MaxValue), null)));

    private static IEnumerable<string> Lines(ContainerResources now, ContainerResources then) => ResourcesDiff.Of(now, then).Select(line => $"{line.Sign} {line.Text}");

    private static CpuQuantity Cpu(long millicores) => CpuQuantity.FromMillicores(millicores);

    private static MemoryQuantity Memory(long mebibytes) => MemoryQuantity.FromMebibytes(mebibytes);
}
