using System.Threading.Channels;
using Discovery.Ingestion.Api.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api.Recipes;

/// <summary>Reads the folder of the recipes whenever it changes, and from time to time: some file systems tell nothing of changes.</summary>
internal sealed class RecipeWatch(RecipeBook book, ControlSettings settings, TimeProvider time, ILogger<RecipeWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A program that saves a file tells of several changes.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has the recipes ready before the first request.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            while (true)
            {
                watcher = Watch(watcher);
                await WaitAsync(stoppingToken);
                await ReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            watcher?.Dispose();
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
            await Task.Delay(Settle, time, stoppingToken);
            _changes.Reader.TryRead(out _);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await book.ReadAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            ControlLog.StoreUnavailable(logger, "take the recipes that changed", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One file must not end the runs of all others.
            ControlLog.Defect(logger, e);
        }
    }

    // A folder that was replaced or mounted anew needs a new watcher, as does one that told of a fault.
    private FileSystemWatcher? Watch(FileSystemWatcher? current)
    {
        if (current is not null && book.FolderFault is null)
        {
            return current;
        }
        current?.Dispose();
        try
        {
            var watcher = new FileSystemWatcher(settings.RecipeFolder);
            watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Not there, or no more watchers on this machine: the regular reading goes on.
            return null;
        }
    }
}
