using System.Text;

namespace Discovery.Terminal;

/// <summary>Questions on the terminal. An interrupt ends the wait for an answer.</summary>
public static class Question
{
    /// <summary>The answer; <paramref name="otherwise"/> when only Enter was pressed, or where there is nobody to ask.</summary>
    public static async Task<string> AskAsync(string question, string otherwise, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            return otherwise;
        }
        Console.Write($"{question} [{otherwise}]: ");
        var answer = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim() is { Length: > 0 } given ? given : otherwise;
    }

    /// <summary>The answer, which the terminal does not show; empty when only Enter was pressed.</summary>
    public static async Task<string> AskHiddenAsync(string question, CancellationToken cancellationToken)
    {
        Console.Write(question);
        return await Task.Run(ReadHidden, CancellationToken.None).WaitAsync(cancellationToken);
    }

    private static string ReadHidden()
    {
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                text.Append(key.KeyChar);
            }
        }
        Console.WriteLine();
        return text.ToString();
    }
}
