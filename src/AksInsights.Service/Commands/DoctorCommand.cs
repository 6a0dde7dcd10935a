using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary><c>doctor</c>: looks at everything a scan needs, and says what to do about what is not right.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var workspace = SharedOptions.Workspace();
        var store = new StoreOption(required: false);
        var library = new LibraryOptions();
        var command = new Command("doctor", "Look at everything a scan needs, and say what to do about what is not right.") { workspace };
        store.AddTo(command);
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var queries = DoctorChecks.Library(library.FolderOf(parsed));
            var advice = new List<Advice> { DoctorChecks.Clock(io.Time), queries.Advice };
            advice.AddRange(DoctorChecks.Workspace(parsed.GetValue(workspace), queries.Library, io.Time, cancellation));
            advice.Add(await DoctorChecks.StoreAsync(store.AddressOf(parsed), io.Time, cancellation).ConfigureAwait(false));
            foreach (var line in advice) Print(line, io.Out);
            return advice.Any(a => a.State == AdviceState.Wrong) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void Print(Advice advice, TextWriter to)
    {
        var state = advice.State switch { AdviceState.Good => "ok   ", AdviceState.Doubtful => "note ", _ => "WRONG" };
        to.Write($"{state}  {advice.Subject}: {advice.Found}\n");
        if (advice.Next is not null) to.Write($"       {advice.Next}\n");
    }
}

/// <summary>How something stands.</summary>
internal enum AdviceState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but a person should know.</summary>
    Doubtful,

    /// <summary>Does not work.</summary>
    Wrong,
}

/// <summary>What was found about one thing, and what to do next.</summary>
internal sealed record Advice(AdviceState State, string Subject, string Found, string? Next = null);
