using System.Globalization;
using System.Xml.Linq;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Service.Commands;

/// <summary>Row tests as JUnit XML, which build servers read.</summary>
internal static class JUnitXml
{
    /// <summary>Writes a suite a query and a test a case; a mistake in the files is an error of the suite's own case.</summary>
    public static void Save(string path, IReadOnlyList<RowTestReport> reports) =>
        new XDocument(new XElement("testsuites", reports.Select(Suite))).Save(path);

    private static XElement Suite(RowTestReport report)
    {
        var cases = report.Cases.Select(c => Case(report.Query.Value, c)).ToList();
        if (report.Diagnostics.Count > 0)
        {
            var error = new XElement("error", string.Concat(report.Diagnostics.Select(d => d.Print())));
            cases.Insert(0, new XElement("testcase", new XAttribute("classname", report.Query.Value), new XAttribute("name", "files"), error));
        }

        return new XElement(
            "testsuite",
            new XAttribute("name", report.Query.Value),
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", report.Cases.Count(c => !c.Passed)),
            new XAttribute("errors", report.Diagnostics.Count > 0 ? 1 : 0),
            cases);
    }

    private static XElement Case(string query, RowTestOutcome outcome)
    {
        var time = outcome.Took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        var test = new XElement("testcase", new XAttribute("classname", query), new XAttribute("name", outcome.Name), new XAttribute("time", time));
        if (!outcome.Passed) test.Add(new XElement("failure", string.Concat(outcome.Failures)));
        return test;
    }
}
