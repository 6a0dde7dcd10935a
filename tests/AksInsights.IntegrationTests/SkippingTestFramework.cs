using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("AksInsights.IntegrationTests.SkippingTestFramework", "AksInsights.IntegrationTests")]

namespace AksInsights.IntegrationTests;

/// <summary>xunit's own framework, but for classes that need a program that is missing (<see cref="NeedsAttribute"/>): their tests are found as skipped ones.</summary>
public sealed class SkippingTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) =>
        new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider source, IMessageSink messages)
        : XunitTestFrameworkDiscoverer(assembly, source, messages)
    {
        protected override bool FindTestsForMethod(
            ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus, ITestFrameworkDiscoveryOptions discoveryOptions)
        {
            var isTest = testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Any();
            var skip = isTest ? Reason(testMethod.TestClass.Class.ToRuntimeType()) : null;
            if (skip is null) return base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
            var skipped = new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, skip);
            return ReportDiscoveredTestCase(skipped, includeSourceInformation, messageBus);
        }

        private static string? Reason(Type type) => type.GetCustomAttributes<NeedsAttribute>().Select(needs => needs.Skip).FirstOrDefault(skip => skip is not null);
    }
}
