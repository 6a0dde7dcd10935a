using System.Runtime.ExceptionServices;

namespace AksInsights.Kql.Tests;

/// <summary>Runs code as an unlucky host would: on a thread with a small stack, and not for ever.</summary>
internal static class SmallStack
{
    // As small as the smallest stack that a host gives its threads by default.
    private const int StackBytes = 1024 * 1024;

    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "It did not end within a minute.");
        failure?.Throw();
    }
}
