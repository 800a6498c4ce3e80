using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>Secrets that nobody guesses, and what is kept of them.</summary>
internal static class RandomText
{
    private const int Bytes = 32;

    /// <summary>256 random bits as 43 characters of base64url.</summary>
    public static string Create() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256, in lower-case hexadecimal digits.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
