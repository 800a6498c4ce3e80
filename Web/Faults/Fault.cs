using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Web.Faults;

/// <summary>Answers that say what went wrong, in the form that the one who asked understands.</summary>
public static class Fault
{
    /// <summary>
    /// Answers with a status and a message: on GMS's paths as <c>{"message", "status", "error"}</c>, to browsers as a page, else as problem details.
    /// </summary>
    /// <param name="context">The request; nothing of its answer was sent yet.</param>
    /// <param name="status">An HTTP status from 400.</param>
    /// <param name="message">What happened and what to do; without secrets.</param>
    public static Task WriteAsync(HttpContext context, int status, string message) => FormOf(context) switch
    {
        FaultForm.Page => new RazorComponentResult<FaultPage>(new { Title = ReasonPhrases.GetReasonPhrase(status), Message = message }) { StatusCode = status }.ExecuteAsync(context),
        FaultForm.Gms => WriteJsonAsync(context, status, "application/json", writer =>
        {
            writer.WriteString("message", message);
            writer.WriteNumber("status", status);
            writer.WriteString("error", ReasonPhrases.GetReasonPhrase(status));
        }),
        _ => WriteJsonAsync(context, status, "application/problem+json", writer =>
        {
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", message);
        }),
    };

    internal static FaultForm FormOf(HttpContext context)
    {
        var gms = context.RequestServices.GetService<GmsPaths>();
        if (gms is not null && gms.Prefixes.Any(prefix => context.Request.Path.StartsWithSegments(prefix)))
        {
            return FaultForm.Gms;
        }
        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? FaultForm.Page : FaultForm.Problem;
    }

    private static async Task WriteJsonAsync(HttpContext context, int status, string contentType, Action<Utf8JsonWriter> members)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}
