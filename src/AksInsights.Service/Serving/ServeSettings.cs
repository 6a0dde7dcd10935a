using System.Security.Cryptography.X509Certificates;
using AksInsights.Core.Secrets;

namespace AksInsights.Service.Serving;

/// <summary>How a recorded workspace is served. The limits are those of the service unless said otherwise.</summary>
internal sealed record ServeSettings
{
    /// <summary>Where to listen.</summary>
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>What <c>now()</c> gives, UTC.</summary>
    public required DateTime NowUtc { get; init; }

    /// <summary>The clock for time limits.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The workspace ids that are answered to; empty answers to any.</summary>
    public IReadOnlyList<string> WorkspaceIds { get; init; } = [];

    /// <summary>The bearer token that a request must carry; null asks for none.</summary>
    public Secret? Token { get; init; }

    /// <summary>The certificate of https addresses, with its private key; not owned.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The longest that a query may run, however long it asks to wait.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The memory that a query may reserve, in bytes.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>The rows of an answer; the rest is cut off and the answer partial.</summary>
    public long MaxRows { get; init; } = 500_000;

    /// <summary>The size of an answer in bytes; the rest is cut off and the answer partial.</summary>
    public long MaxResultBytes { get; init; } = 64L << 20;

    /// <summary>How many queries run at a time.</summary>
    public int Concurrent { get; init; } = 5;

    /// <summary>How many more may wait for their turn; beyond that they are throttled.</summary>
    public int Queue { get; init; } = 200;

    /// <summary>How long a query waits for its turn before it is throttled.</summary>
    public TimeSpan MaxQueueTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether <c>/faults</c> lets tests ask for answers that go wrong.</summary>
    public bool TestFaults { get; init; }
}
