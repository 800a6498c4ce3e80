using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints;

/// <summary>The errors of GMS: the one place that turns a fault into a status and a body.</summary>
internal static class GmsErrors
{
    /// <summary>What clients of Rest.li are told that it was.</summary>
    private const string ExceptionClass = "com.linkedin.restli.server.RestLiServiceException";

    public static Task AnswerAsync(HttpContext context, GmsFamily family, CatalogFault fault, string message) =>
        AnswerAsync(context, family, Status(family, fault), fault switch
        {
            CatalogFault.Validation or CatalogFault.Exists => "Validation Error",
            CatalogFault.Precondition => "Precondition Error",
            _ => message,
        }, message);

    /// <summary>Answers with a status that is no fault of the catalog's own, such as 413.</summary>
    public static Task AnswerAsync(HttpContext context, GmsFamily family, int status, string error, string message) => GmsAnswer.WriteAsync(context, status, writer =>
    {
        writer.WriteStartObject();
        if (family == GmsFamily.RestLi)
        {
            WriteRestLi(writer, status, message);
        }
        else
        {
            writer.WriteString("error"u8, error);
            writer.WriteString("message"u8, message);
        }
        writer.WriteEndObject();
    });

    private static void WriteRestLi(Utf8JsonWriter writer, int status, string message)
    {
        writer.WriteString("exceptionClass"u8, ExceptionClass);
        writer.WriteString("message"u8, message);
        writer.WriteNumber("status"u8, status);
    }

    private static int Status(GmsFamily family, CatalogFault fault) => fault switch
    {
        CatalogFault.Argument => StatusCodes.Status400BadRequest,
        CatalogFault.Precondition when family == GmsFamily.OpenApi => StatusCodes.Status412PreconditionFailed,
        CatalogFault.Validation or CatalogFault.Exists when family == GmsFamily.OpenApi => StatusCodes.Status400BadRequest,
        CatalogFault.Validation or CatalogFault.Exists or CatalogFault.Precondition => StatusCodes.Status422UnprocessableEntity,
        CatalogFault.NotFound => StatusCodes.Status404NotFound,
        CatalogFault.NotBuilt => StatusCodes.Status501NotImplemented,
        CatalogFault.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
