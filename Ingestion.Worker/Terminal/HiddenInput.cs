namespace Discovery.Ingestion.Worker.Terminal;

/// <summary>Reads a line from the terminal without showing it.</summary>
internal static class HiddenInput
{
    /// <summary>Asks and reads; empty when only Enter was pressed.</summary>
    public static string Read(string question)
    {
        Console.Write(question);
        var text = new System.Text.StringBuilder();
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
