using System.Text;
using Spectre.Console;

namespace AksInsights.Service.Commands;

/// <summary>Standard output as Spectre sees it: coloured and as wide as the window for a person, plain and of a fixed width for a file or pipe.</summary>
internal static class ResultConsole
{
    private const int PlainWidth = 160;

    /// <summary>Makes the console.</summary>
    public static IAnsiConsole Create(CommandIo io) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = io.Width is null ? AnsiSupport.No : AnsiSupport.Yes,
        ColorSystem = io.Width is null ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
        Interactive = InteractionSupport.No,
        Out = new Output(io.Out, io.Width ?? PlainWidth),
    });

    private sealed class Output(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(Encoding encoding)
        {
            // The writer's encoding is chosen where it is made.
        }
    }
}
