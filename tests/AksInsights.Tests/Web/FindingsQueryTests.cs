using AksInsights.Core.Findings;
using AksInsights.Service.Web.Findings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AksInsights.Tests.Web;

/// <summary>The address of a list of findings says what it is narrowed to.</summary>
public sealed class FindingsQueryTests
{
    [Theory]
    [InlineData("/findings")]
    [InlineData("/findings?severity=error")]
    [InlineData("/findings?severity=only-warning&query=pods")]
    [InlineData("/findings?query=pods/crash-loop&cluster=/subscriptions/s/c1&namespace=shop&condition=resolved&workflow=false-positive&text=a%20%26%20b&order=newest-first&page=3")]
    [InlineData("/findings?condition=all")]
    public void AnAddressIsReadAndWrittenAlike(string address) => Assert.Equal(address, Read(address).Address());

    [Fact]
    public void FieldsThatWereLeftEmptyNarrowNothing()
    {
        var query = Read("/findings?text=&severity=&query=&cluster=&namespace=+&condition=&workflow=&order=worst-first");
        Assert.False(query.IsNarrowed);
        Assert.Equal("/findings", query.Address());
    }

    [Fact]
    public void TheFilterIsWhatTheAddressSays()
    {
        var filter = Read("/findings?severity=only-error&query=pods&text=a+b&page=3&order=oldest-first&workflow=suppressed").Filter();
        Assert.Equal((Severity.Error, Severity.Error, "pods", WorkflowKind.Suppressed, FindingOrder.OldestFirst), (filter.MinSeverity!.Value, filter.MaxSeverity!.Value, filter.Area, filter.Workflow!.Value, filter.Order));
        Assert.Equal(["a", "b"], filter.Words!);
        Assert.Equal((50, 100), (filter.Limit!.Value, filter.Skip));
        Assert.Equal([Condition.Open, Condition.Clearing], filter.Conditions!);
        Assert.Null(Read("/findings?condition=all").Filter().Conditions);
        Assert.Equal("pods/crash-loop", Read("/findings?query=pods/crash-loop").Filter().Query!.Value.Value);
    }

    [Fact]
    public void WhatMeansNothingIsSaidAndNarrowsNothing()
    {
        var query = Read("/findings?severity=awful&condition=gone&page=-1");
        Assert.Equal(2, query.Mistakes.Count);
        Assert.Contains("“awful” is none of info, warning, error, critical", query.Mistakes[0], StringComparison.Ordinal);
        Assert.False(query.IsNarrowed);
        Assert.Equal(1, query.Page);
    }

    private static FindingsQuery Read(string address) => FindingsQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(address.Contains('?') ? address[address.IndexOf('?')..] : "")));
}
