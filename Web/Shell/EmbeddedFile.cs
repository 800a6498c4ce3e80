using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Web.Shell;

/// <summary>
/// A file inside an assembly that pages refer to. Its address changes with its content, so that browsers may keep it for ever; it is
/// open to everybody, also where pages ask for a token.
/// </summary>
public sealed class EmbeddedFile
{
    /// <summary>Addresses of these files begin so.</summary>
    public const string Folder = "/assets";

    private readonly byte[] _content;
    private readonly string _type;

    /// <summary>Reads a file.</summary>
    /// <param name="assembly">Where it is embedded, with its file name as the name of the resource.</param>
    /// <param name="name">Its name, such as <c>discovery.css</c>; css, js or svg.</param>
    public EmbeddedFile(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"{assembly.GetName().Name} has no resource {name}.", nameof(name));
        _content = new byte[stream.Length];
        stream.ReadExactly(_content);
        _type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new ArgumentException($"{other} is no type of file that pages refer to.", nameof(name)),
        };
        var hash = Convert.ToHexStringLower(SHA256.HashData(_content))[..16];
        Address = $"{Folder}/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
    }

    /// <summary>Such as <c>/assets/discovery.3f1a0c5d9b7e2468.css</c>.</summary>
    public string Address { get; }

    /// <summary>Serves the file at <see cref="Address"/>.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods(Address, ["GET", "HEAD"], SendAsync).AllowAnonymous();

    private async Task SendAsync(HttpContext context)
    {
        context.Response.ContentType = _type;
        context.Response.ContentLength = _content.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(_content, context.RequestAborted);
        }
    }
}
